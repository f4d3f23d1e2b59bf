// Keys that work anywhere on the desk, by physical key. What is typed is never taken away: letters and digits are shortcuts only
// outside of fields, and only while they are switched on.
let receiver = null;
let bound = new Set();
let lettersOn = true;
let usedAt = performance.now();

const isLetter = code => /^(Key|Digit)/.test(code);
const isTyping = target => target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]') !== null;

export function start(dotnet, codes) {
  if (receiver === null) {
    document.addEventListener('keydown', pressed);
    for (const use of ['keydown', 'pointerdown', 'wheel']) {
      document.addEventListener(use, () => { usedAt = performance.now(); }, { capture: true, passive: true });
    }
  }
  receiver = dotnet;
  bind(codes);
}

export function idleSeconds() { return (performance.now() - usedAt) / 1000; }

export function bind(codes) { bound = new Set(codes); }

export function letters(on) {
  lettersOn = on;
  document.documentElement.dataset.letters = on ? 'on' : 'off';
}

export function theme(name) {
  if (name) { document.documentElement.dataset.theme = name; } else { delete document.documentElement.dataset.theme; }
}

export function language(name) { document.documentElement.lang = name; }

// The element may be rendered in the next frame or two; then the focus goes there, unless it is there already.
export function focus(selector, patience = 20) {
  const element = document.querySelector(selector);
  if (element === null || element.disabled) {
    if (patience > 0) { requestAnimationFrame(() => focus(selector, patience - 1)); }
    return;
  }
  if (element !== document.activeElement || !isTyping(element)) { element.focus(); }
  if (element.select) { element.select(); }
}

export function modal(selector) {
  const dialog = document.querySelector('dialog');
  if (dialog !== null && !dialog.open) { dialog.showModal(); }
  focus(selector);
}

function pressed(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) { return; }
  const target = event.target instanceof Element ? event.target : document.body;
  moveInsideLists(event, target);
  moveOn(event, target);
  const question = event.key === '?' && !isTyping(target) ? 'F1' : event.code;
  if (!bound.has(question)) { return; }
  if (isLetter(question) && (!lettersOn || isTyping(target) || target.closest('[data-keys=own]'))) { return; }
  if (document.querySelector('dialog[open]') !== null && question !== 'Escape' && question !== 'F1') { return; }
  event.preventDefault();
  if (!event.repeat) { receiver.invokeMethodAsync('Pressed', question); }
}

// Enter moves the focus at once, before anything is computed: who types fast loses no key to the old field.
function moveOn(event, target) {
  if ((event.code === 'Enter' || event.code === 'NumpadEnter') && target.dataset.next) {
    const next = document.querySelector(target.dataset.next);
    next?.focus();
    next?.select?.();
  }
}

// Lists and search boxes handle these keys themselves; the browser would scroll, move the caret or type the digit as well.
function moveInsideLists(event, target) {
  if (target.closest('[data-arrows]') && (event.code === 'ArrowUp' || event.code === 'ArrowDown')) { event.preventDefault(); }
  if (target.matches('[data-digits]') && lettersOn && target.value === '' && /^Digit[1-9]$/.test(event.code)) { event.preventDefault(); }
  if (target.matches('[data-sideways]') && target.value === '' && /^Arrow(Left|Right)$/.test(event.code)) { event.preventDefault(); }
  if (target.matches('[data-letters]') && (isLetter(event.code) || event.code === 'Delete')) { event.preventDefault(); }
}
