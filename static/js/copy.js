// Copies a field's text to the clipboard and says so; without a clipboard the text is selected, ready for Ctrl+C.
const copy = async (field) => {
  try {
    await navigator.clipboard.writeText(field.value);
    return "Copié";
  } catch {
    field.focus();
    field.select();
    return "Le texte est sélectionné\u00a0: copiez-le.";
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    said.textContent = await copy(field);
  });
}
