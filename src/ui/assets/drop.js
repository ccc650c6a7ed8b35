// @ts-check
// Sends each dropped file by itself, two at a time, with its progress; without this script the form sends them all at once.

const AT_ONCE = 2;

/** @typedef {'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'} State */
/** @typedef {{ file: File, state: State, row: HTMLLIElement, bar: HTMLProgressElement, text: HTMLElement, actions: HTMLElement, request?: XMLHttpRequest }} Item */

for (const zone of document.querySelectorAll('[data-drop]')) {
  if (zone instanceof HTMLElement) enhance(zone);
}

/** @param {HTMLElement} zone */
function enhance(zone) {
  const form = zone.closest('form');
  const input = /** @type {HTMLInputElement | null} */ (zone.querySelector('input[type=file]'));
  const list = /** @type {HTMLElement | null | undefined} */ (form?.querySelector('[data-drop-list]'));
  const status = form?.querySelector('[data-drop-status]');
  const actions = /** @type {HTMLElement | null | undefined} */ (form?.querySelector('[data-drop-actions]'));
  if (!form || !input || !list || !actions || !status) return;

  /** @type {Item[]} */
  const items = [];
  actions.hidden = true;
  zone.classList.add('q-drop-live');

  input.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });
  for (const name of ['dragenter', 'dragover']) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add('q-over');
    });
  }
  for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => zone.classList.remove('q-over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    add(event.dataTransfer?.files ?? null);
  });
  // A file dropped beside the zone would replace the page, and what is being sent.
  for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
  window.addEventListener('beforeunload', (event) => {
    if (items.some((i) => i.state === 'sending' || i.state === 'waiting')) event.preventDefault();
  });

  /** @param {FileList | null} files */
  function add(files) {
    const chosen = [...(files ?? [])].slice(0, input instanceof HTMLInputElement && input.multiple ? undefined : 1);
    for (const file of chosen) {
      const item = draw(file);
      items.push(item);
      list?.append(item.row);
      const limit = Number(zone.dataset.maxBytes);
      if (limit && file.size > limit) fail(item, `Fichier trop gros\u202f: ${zone.dataset.maxText} au plus.`, false);
      else show(item, 'waiting', 'En attente');
    }
    if (list) list.hidden = items.length === 0;
    pump();
  }

  function pump() {
    for (const item of items) {
      if (items.filter((i) => i.state === 'sending').length >= AT_ONCE) return;
      if (item.state === 'waiting') send(item);
    }
    const sent = items.filter((i) => i.state === 'done').length;
    const failed = items.filter((i) => i.state === 'failed').length;
    if (items.length === 0 || items.some((i) => i.state === 'sending')) return;
    tell(`${plural(sent, 'fichier reçu', 'fichiers reçus')}, ${plural(failed, 'échec', 'échecs')}.`);
    if (sent > 0 && failed === 0 && zone.dataset.next) location.assign(zone.dataset.next);
    else if (sent > 0 && zone.dataset.next) offerNext(zone.dataset.next);
  }

  /** @param {Item} item */
  function send(item) {
    const request = new XMLHttpRequest();
    item.request = request;
    show(item, 'sending', 'Envoi…');
    const body = new FormData();
    for (const [name, value] of new FormData(/** @type {HTMLFormElement} */ (form))) {
      if (typeof value === 'string') body.append(name, value);
    }
    body.append(/** @type {HTMLInputElement} */ (input).name, item.file, item.file.name);
    request.upload.addEventListener('progress', (event) => {
      if (!event.lengthComputable) return;
      item.bar.value = event.loaded / event.total;
      if (event.loaded === event.total) item.text.textContent = 'Lecture de la facture…';
    });
    request.addEventListener('load', () => settle(item, request));
    request.addEventListener('error', () =>
      fail(item, 'Quitus ne répond pas. Vérifiez qu’il tourne encore, puis réessayez.', true),
    );
    request.addEventListener('abort', () => show(item, 'cancelled', 'Annulé'));
    request.addEventListener('loadend', pump);
    request.open('POST', /** @type {HTMLFormElement} */ (form).action);
    request.setRequestHeader('Accept', 'application/json');
    request.send(body);
  }

  /** @param {Item} item @param {XMLHttpRequest} request */
  function settle(item, request) {
    /** @type {{ message?: string, href?: string, detail?: string }} */
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // Not our JSON: the generic words below are all that can be said.
    }
    if (request.status >= 200 && request.status < 300) {
      show(item, 'done', answer.message ?? 'Reçu');
      if (answer.href) item.actions.replaceChildren(link(answer.href, 'Voir'));
    } else {
      fail(item, answer.detail ?? 'Ce fichier n’a pas pu être reçu.', request.status >= 500);
      if (answer.href) item.actions.prepend(link(answer.href, 'Voir'));
    }
  }

  /** @param {Item} item @param {string} words @param {boolean} retry */
  function fail(item, words, retry) {
    show(item, 'failed', words);
    item.actions.replaceChildren(
      ...(retry ? [button('Réessayer', () => again(item))] : []),
      button('Retirer', () => remove(item)),
    );
    tell(`${item.file.name}\u202f: ${words}`);
  }

  /** @param {Item} item */
  function again(item) {
    show(item, 'waiting', 'En attente');
    pump();
  }

  /** @param {Item} item */
  function remove(item) {
    items.splice(items.indexOf(item), 1);
    item.row.remove();
    if (list) list.hidden = items.length === 0;
  }

  /** @param {Item} item @param {State} state @param {string} words */
  function show(item, state, words) {
    item.state = state;
    item.row.dataset.state = state;
    item.text.textContent = words;
    item.bar.hidden = state !== 'sending';
    if (state === 'sending' || state === 'waiting') {
      item.bar.value = 0;
      item.actions.replaceChildren(
        button('Annuler', () => (item.request && item.state === 'sending' ? item.request.abort() : remove(item))),
      );
    } else if (state === 'done') item.actions.replaceChildren();
    else if (state === 'cancelled') {
      item.actions.replaceChildren(
        button('Réessayer', () => again(item)),
        button('Retirer', () => remove(item)),
      );
    }
  }

  /** @param {string} href */
  function offerNext(href) {
    if (!actions) return;
    actions.hidden = false;
    const next = link(href, 'Continuer avec les fichiers reçus');
    next.className = 'btn q-btn-main';
    actions.replaceChildren(next);
  }

  /** @param {string} words */
  function tell(words) {
    if (status) status.textContent = words;
  }

  /** @param {File} file @returns {Item} */
  function draw(file) {
    const row = document.createElement('li');
    row.className = 'q-drop-file';
    const name = document.createElement('span');
    name.className = 'q-drop-name';
    name.textContent = file.name;
    const text = document.createElement('span');
    text.className = 'q-drop-state';
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.setAttribute('aria-label', `Envoi de ${file.name}`);
    const itemActions = document.createElement('span');
    itemActions.className = 'q-actions';
    row.append(name, text, bar, itemActions);
    return { file, state: 'waiting', row, bar, text, actions: itemActions };
  }
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
  const it = document.createElement('button');
  it.type = 'button';
  it.className = 'btn q-btn-quiet';
  it.textContent = words;
  it.addEventListener('click', act);
  return it;
}

/** @param {string} href @param {string} words */
function link(href, words) {
  const it = document.createElement('a');
  it.href = href;
  it.textContent = words;
  return it;
}

/** @param {number} n @param {string} one @param {string} many */
const plural = (n, one, many) => `${n}\u00a0${n > 1 ? many : one}`;
