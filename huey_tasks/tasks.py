"""The bell: what Huey carries from the web process to the worker."""
