// @ts-check
// Sends each dropped file by itself, two at a time, with its progress; without this script the form sends them all at once.

const AT_ONCE = 2;

/** @typedef {'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'} State */
/** @typedef {{ file: File, state: State, row: HTMLLIElement, bar: HTMLProgressElement, text: HTMLElement, actions: HTMLElement, request?: XMLHttpRequest, go?: string }} Item */
/** @typedef {{ zone: HTMLElement, form: HTMLFormElement, input: HTMLInputElement, list: HTMLElement, status: HTMLElement, actions: HTMLElement }} Parts */

for (const zone of document.querySelectorAll('[data-drop]')) {
  const parts = zone instanceof HTMLElement ? partsOf(zone) : undefined;
  if (parts) enhance(parts);
}

/** @param {HTMLElement} zone @returns {Parts | undefined} */
function partsOf(zone) {
  const form = zone.closest('form');
  const input = zone.querySelector('input[type=file]');
  const [list, status, actions] = ['list', 'status', 'actions'].map((name) => form?.querySelector(`[data-drop-${name}]`));
  if (!form || !(input instanceof HTMLInputElement)) return undefined;
  if (!(list instanceof HTMLElement) || !(status instanceof HTMLElement) || !(actions instanceof HTMLElement)) return undefined;
  return { zone, form, input, list, status, actions };
}

/** @param {Parts} parts */
function enhance({ zone, form, input, list, status, actions }) {
  /** @type {Item[]} */
  const items = [];
  actions.hidden = true;
  zone.classList.add('q-drop-live');

  input.addEventListener('change', take);
  // A folder is chosen with this script only: without it everything in there would be sent at once.
  for (const part of form.querySelectorAll('[data-drop-folder]')) {
    const folder = part.querySelector('input');
    part.removeAttribute('hidden');
    folder?.addEventListener('change', () => {
      add([...(folder.files ?? [])].filter(({ name }) => isAccepted(name)));
      folder.value = '';
    });
  }
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
    if (items.some(isUnderWay)) event.preventDefault();
  });

  // Files chosen before this script ran: the form's own button is hidden now, so they go by themselves too.
  if (input.files?.length) take();

  function take() {
    add(input.files);
    input.value = '';
  }

  /** A folder holds anything: only what the zone accepts is sent. @param {string} name */
  function isAccepted(name) {
    const endings = input.accept.split(',').filter((one) => one.startsWith('.'));
    return endings.some((ending) => name.toLowerCase().endsWith(ending));
  }

  /** @param {Iterable<File> | null} files */
  function add(files) {
    const limit = Number(zone.dataset.maxBytes);
    for (const file of [...(files ?? [])].slice(0, input.multiple ? undefined : 1)) {
      const item = draw(file);
      items.push(item);
      list.append(item.row);
      if (limit && file.size > limit) fail(item, `Fichier trop gros\u202f: ${zone.dataset.maxText} au plus.`, false);
      else wait(item);
    }
    list.hidden = items.length === 0;
    pump();
  }

  function pump() {
    let sending = items.filter((i) => i.state === 'sending').length;
    for (const item of items) {
      if (sending >= AT_ONCE) break;
      if (item.state !== 'waiting') continue;
      send(item);
      sending += 1;
    }
    if (sending === 0) conclude();
  }

  /** Every file has had its answer: on to the next page, or a link to it when something is left to look at here. */
  function conclude() {
    const sent = items.filter((i) => i.state === 'done').length;
    const failed = items.filter((i) => i.state === 'failed').length;
    if (sent + failed === 0) return;
    const [only, ...others] = items;
    if (only?.go && others.length === 0) return location.assign(only.go);
    tell(`${plural(sent, 'fichier reçu', 'fichiers reçus')}, ${plural(failed, 'échec', 'échecs')}.`);
    const next = zone.dataset.next;
    if (sent === 0 || !next) return;
    if (failed === 0) return location.assign(next);
    const on = link(next, 'Continuer avec les fichiers reçus');
    on.className = 'btn q-btn-main';
    actions.replaceChildren(on);
    actions.hidden = false;
  }

  /** @param {Item} item */
  function send(item) {
    const request = new XMLHttpRequest();
    item.request = request;
    show(item, 'sending', 'Envoi…', [button('Annuler', item, () => request.abort())]);
    const body = new FormData();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    body.append(input.name, item.file, item.file.name);
    request.upload.addEventListener('progress', (event) => {
      if (!event.lengthComputable) return;
      item.bar.value = event.loaded / event.total;
      if (event.loaded === event.total) item.text.textContent = 'Lecture du fichier…';
    });
    request.addEventListener('load', () => settle(item, request));
    request.addEventListener('error', () =>
      fail(item, 'Quitus ne répond pas. Vérifiez qu’il tourne encore, puis réessayez.', true),
    );
    request.addEventListener('abort', () => show(item, 'cancelled', 'Annulé', [retry(item), withdraw(item)]));
    request.addEventListener('loadend', pump);
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.send(body);
  }

  /** @param {Item} item @param {XMLHttpRequest} request */
  function settle(item, request) {
    /** @type {{ message?: string, href?: string, see?: string, go?: boolean, detail?: string }} */
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // Not our JSON: the generic words below are all that can be said.
    }
    const see = answer.href ? [link(answer.href, answer.see ?? 'Voir')] : [];
    if (answer.go && answer.href) item.go = answer.href;
    if (request.status >= 200 && request.status < 300) show(item, 'done', answer.message ?? 'Reçu', see);
    else fail(item, answer.detail ?? 'Ce fichier n’a pas pu être reçu.', request.status >= 500, see);
  }

  /** @param {Item} item */
  function wait(item) {
    show(item, 'waiting', 'En attente', [withdraw(item)]);
  }

  /** @param {Item} item @param {string} words @param {boolean} again whether another try may do better @param {HTMLElement[]} see */
  function fail(item, words, again, see = []) {
    show(item, 'failed', words, [...see, ...(again ? [retry(item)] : []), withdraw(item)]);
    tell(`${item.file.name}\u202f: ${words}`);
  }

  /** @param {Item} item */
  function retry(item) {
    return button('Réessayer', item, () => {
      wait(item);
      pump();
    });
  }

  /** @param {Item} item */
  function withdraw(item) {
    return button('Retirer', item, () => {
      items.splice(items.indexOf(item), 1);
      item.row.remove();
      list.hidden = items.length === 0;
      input.focus();
    });
  }

  /** @param {string} words */
  function tell(words) {
    status.textContent = words;
  }
}

/** @param {Item} item */
const isUnderWay = (item) => item.state === 'sending' || item.state === 'waiting';

/** @param {Item} item @param {State} state @param {string} words @param {HTMLElement[]} actions */
function show(item, state, words, actions) {
  item.state = state;
  item.row.dataset.state = state;
  item.text.textContent = words;
  item.bar.hidden = state !== 'sending';
  item.bar.value = 0;
  const focused = item.actions.contains(document.activeElement);
  item.actions.replaceChildren(...actions);
  // The button that had the focus is gone: the keyboard goes on with the one that took its place.
  if (focused) actions[0]?.focus();
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
  const actions = document.createElement('span');
  actions.className = 'q-actions';
  row.append(name, text, bar, actions);
  return { file, state: 'waiting', row, bar, text, actions };
}

/** @param {string} words @param {Item} item @param {() => void} act */
function button(words, item, act) {
  const it = document.createElement('button');
  it.type = 'button';
  it.className = 'btn q-btn-quiet';
  it.textContent = words;
  it.setAttribute('aria-label', `${words} ${item.file.name}`);
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
