/* Buttons with data-open-dialog="id" open a <dialog>; data-close closes the one around it. Focus returns by itself. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open-dialog]")
  if (opener) {
    const dialog = document.getElementById(opener.dataset.openDialog)
    if (dialog) { event.preventDefault(); dialog.showModal() }
    return
  }
  const closer = event.target.closest?.("[data-close]")
  if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); return }
  // A press on the veil closes, unless something was written inside.
  if (event.target instanceof HTMLDialogElement && event.target.open && !event.target.classList.contains("panel")) {
    const box = event.target.getBoundingClientRect()
    const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
    const written = [...event.target.querySelectorAll("textarea, input:not([role=combobox])")].some(perennial.isChanged)
    if (outside && !written && event.detail > 0) event.target.close()
  }
})
