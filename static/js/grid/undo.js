// Takes back and does again one's own gestures, by keys, by buttons, and by the message that follows each gesture.
import { pending, send } from "./saving.js";
import { table } from "./table.js";
import * as toast from "./toast.js";

export const undo = () => send({ path: table.dataset.undo });
export const redo = () => send({ path: table.dataset.redo });

// Only called when focus is in a cell: an editor or a dialog keeps its own Ctrl+Z.
export function key({ key: name, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return false;
  const letter = name.toLowerCase();
  if (letter === "z") (shiftKey ? redo : undo)();
  else if (letter === "y") redo();
  else return false;
  return true;
}

export function offer({ gesture, said }) {
  const takeBack = () => send({ path: table.dataset.takeBack.replace("/0/", `/${gesture}/`) });
  if (said && !pending()) toast.put(said, gesture ? takeBack : null);
}
