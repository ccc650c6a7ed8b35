// @ts-check
// What every page gains from a script; each thing works without it.

/** A form that came back with errors: start reading at their summary. */
const summary = document.querySelector('[data-focus]');
if (summary instanceof HTMLElement) summary.focus();

/** An open menu closes when one looks elsewhere. */
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.q-menu[open]')) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute('open');
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details.q-menu[open]');
  menu?.removeAttribute('open');
  const opener = menu?.querySelector('summary');
  if (opener instanceof HTMLElement) opener.focus();
});

/** Buttons that copy appear only where copying is possible. */
for (const button of document.querySelectorAll('button[data-copy]')) {
  const label = button.querySelector('[data-copy-label]');
  if (button instanceof HTMLButtonElement && label && navigator.clipboard) offerCopy(button, label);
}

/** @param {HTMLButtonElement} button @param {Element} label */
function offerCopy(button, label) {
  const words = label.textContent;
  /** @param {string} text */
  const say = (text) => {
    label.textContent = text;
    setTimeout(() => {
      label.textContent = words;
    }, 3000);
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(button.dataset.copy ?? '').then(
      () => say('Copié'),
      () => say('La copie a été refusée par le navigateur'),
    );
  });
}
