// What test_playground.py does to the Playground a thousand times, and what must hold each time.
async ({ count, seed }) => {
  const root = document.querySelector('.nnb'), problems = [], shots = [];
  let state = seed, hands = 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let v = Math.imul(state ^ (state >>> 15), 1 | state);
    v = (v + Math.imul(v ^ (v >>> 7), 61 | v)) ^ v;
    return ((v ^ (v >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  const all = (what) => [...root.querySelectorAll(what)].filter((e) => e.getClientRects().length);
  const named = (name) => all('button').find((e) => [e.textContent, e.getAttribute('aria-label')].includes(name));
  const key = (node, name) => node?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
  const press = (name) => named(name)?.click();
  const slide = (input, part) => { const [low, high] = [Number(input.min), Number(input.max)];
    input.value = low + part * (high - low);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (random() < 0.7) input.dispatchEvent(new Event('change', { bubbles: true })); };
  const limit = { eta: 0.55, pace: 0.05, g: 0.4 };
  const acts = [
    ...Array(5).fill(() => press('Train on')), () => press('Back'), () => press('Start again (same start)'),
    () => press('Undo'), () => random() < 0.2 && press('Reset'),
    () => random() < 0.3 && pick(all('.nnb-presets button')).click(),
    ...Array(3).fill(() => {
      const input = pick(all('input[type=range]'));
      slide(input, random() * (limit[input.dataset.slider] ?? 1));
    }),
    () => {
      const select = pick(all('select').filter((e) => e.options.length > 5 || e.options.length === 2));
      select.value = pick([...select.options]).value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
    () => press(pick(['− layer', '+ layer', 'New start'])),
    () => key(pick(all('[role=button]')), 'Enter'),
    ...Array(3).fill(() => key(root.querySelector('[role=slider].nnb-choose'),
      pick(['ArrowRight', 'ArrowDown', 'Enter', 'Enter']))),
    ...Array(3).fill(() => { // by hand
      const input = root.querySelector('[data-slider=chosen]'), field = root.querySelector('[role=slider].nnb-choose');
      for (const name of input.getClientRects().length ? [] : ['ArrowRight', 'Enter']) key(field, name);
      if (input.getClientRects().length) slide(input, random());
      return true;
    }),
    () => pick(all('.nnb-tabs button')).click(), () => pick(all('.nnb-pg-under input')).click(),
    () => key(root.querySelector('.nnb-handle'), pick(['ArrowRight', 'ArrowUp', 'ArrowDown'])),
    () => { press('Put one at the yellow point'); press(pick(['Clear', '△ blue', '□ yellow', '○ orange'])); },
  ];
  for (let i = 0; i < count; i++) {
    const act = pick(acts);
    const hand = act() === true && hands++ < 15;
    if (random() < 0.1) await new Promise((done) => setTimeout(done, random() < 0.2 ? 450 : 0));
    const stamps = new Set([...root.querySelectorAll('[data-of]')].map((e) => e.dataset.of));
    if (stamps.size !== 1) problems.push(`${i}: ${act} leaves ${stamps.size} states on the screen`);
    const html = i % 10 ? root.textContent : root.innerHTML;
    const text = html.match(/NaN|Infinity|undefined/);
    if (text) problems.push(`${i}: ${act} writes ${html.slice(text.index - 200, text.index + 9)}`);
    if (hand || i % 25 === 24) {
      named('Copy Python').click();
      const numbers = [...root.querySelectorAll('[data-value]')].map((e) =>
        ({ name: e.dataset.name, value: +e.dataset.value, text: e.textContent }));
      shots.push({ numbers, python: root.querySelector('pre').textContent.split('# the same')[0] });
    }
  }
  return { problems, shots };
}
