/**
 * Lets dialogs within the matrix stand side by side in the page: elsewhere they stay what they are, one at a time and in
 * front of everything.
 * @returns What ends it.
 */
export function freezeDialogs(): () => void {
  const { showModal } = HTMLDialogElement.prototype
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    if (this.closest('.matrix-frozen')) this.open = true
    else showModal.call(this)
  }
  return () => {
    HTMLDialogElement.prototype.showModal = showModal
  }
}
