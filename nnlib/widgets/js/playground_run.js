// A run of the Playground, from its record: what has been done since the start, and nothing else, says
// what the weights are now. The record is rows of four numbers: [epochs, eta, m, lam] for training, and
// [0, i, v, 0] where a hand has set number i to v. Runs seen lately are kept, so that a longer record
// costs its new rows only, and a shorter one (undo, a step back) starts from the nearest mark.
import { generator } from "./numpy.js";
import { createNet, sizesOf, startOf } from "./playground_net.js";
import { pointsOf } from "./playground_points.js";

export const MOST_ROWS = 200;
export const MOST_EPOCHS = 10000;
const LOST = 1e6; // a weight that passes this ends the run
const FINE = 256; // epochs that stand one by one in the curves; later ones are thinned

export const rowsOf = (record) =>
  Array.from({ length: record.length / 4 }, (_, i) => record.slice(4 * i, 4 * i + 4));
export const epochsOf = (record) => rowsOf(record).reduce((sum, [epochs]) => sum + epochs, 0);
const likeRow = (a, b) => a[0] > 0 && b[0] > 0 && [1, 2, 3].every((i) => a[i] === b[i]);

// Orders of n examples, one an epoch, as nnlib.train draws them with rng=seed.
let orders = [];
function orderOf(seed, n, epoch) {
  let item = orders.find((o) => o.seed === seed && o.n === n);
  if (!item) {
    item = { seed, n, list: [], draw: generator(seed).permutation };
    orders = [item, ...orders.slice(0, 3)];
  }
  while (item.list.length <= epoch) item.list.push(Uint16Array.from(item.draw(n)));
  return item.list[epoch];
}

const netKey = (s) =>
  JSON.stringify([s.layers, s.activations.slice(0, s.layers.length), s.cost, s.g, s.seed, s.start]);
let runs = []; // the one used last comes first
function fresh(s, points, name) {
  const sizes = sizesOf(s, points.K), net = createNet(sizes, s.activations.slice(0, s.layers.length), s.cost);
  const p = s.start.length ? Float64Array.from(s.start) : startOf(sizes, s.seed, s.g);
  const run = { name, points, net, seed: s.seed, p, rows: [], epochs: 0, updates: 0, samples: 0, lost: false,
    curve: [], marks: [], changes: 0, grids: {}, ms: 1 };
  note(run);
  mark(run);
  return run;
}
// A run of this state that the rows continue. One that must go back for it is copied before, unless it
// was used last: another figure may be there.
function runOf(s, rows) {
  const points = pointsOf(s), name = netKey(s) + points.key, mine = runs.filter((run) => run.name === name);
  let run = mine.find((one) => !one.lost && leadsTo(one, rows));
  if (!run) {
    const old = mine[0] ?? fresh(s, points, name);
    run = old === runs[0] || !mine.length ? old
      : { ...old, p: old.p.slice(), marks: [...old.marks], curve: [...old.curve], grids: {} };
    back(run, rows);
  }
  runs = [run, ...runs.filter((one) => one !== run).slice(0, 7)];
  return run;
}
// A point of the two loss curves.
function note(run) {
  const { net, p, points, epochs } = run;
  run.curve.push({ epochs, train: net.measure(p, points, points.train), test: net.measure(p, points, points.test) });
}
// A place to come back to.
function mark({ marks, p, rows, epochs, updates, samples, curve }) {
  marks.push({ p: p.slice(), rows: rows.map((row) => [...row]), epochs, updates, samples, noted: curve.length });
  if (marks.length > 160) marks.splice(1, marks.length - 2, ...marks.slice(1, -1).filter((_, i) => i % 2));
}
// True if the rows of `mark` are the first part of `rows`.
function leadsTo(mark, rows) {
  const last = mark.rows.length - 1;
  return last < rows.length && mark.rows.every((row, i) => (i < last || !row[0]
    ? row.every((v, k) => v === rows[i][k]) : likeRow(row, rows[i]) && row[0] <= rows[i][0]));
}
function back(run, rows) {
  const now = run.marks.findLast((item) => leadsTo(item, rows));
  run.marks.length = run.marks.indexOf(now) + 1;
  run.curve.length = now.noted;
  const { epochs, updates, samples } = now;
  Object.assign(run, { epochs, updates, samples, rows: now.rows.map((row) => [...row]), lost: false });
  run.p.set(now.p);
  run.changes += 1;
}

const whole = (p) => p.every((v) => Math.abs(v) <= LOST);
// One epoch; false if it is lost, and the numbers are those before it.
function train(run, [, eta, m, lam]) {
  const { net, p, points } = run, before = p.slice(), n = points.train.length;
  net.epoch(p, points, orderOf(run.seed, n, run.epochs), m, eta, lam);
  if (!whole(p)) {
    p.set(before);
    return false;
  }
  run.epochs += 1;
  run.changes += 1;
  run.updates += Math.ceil(n / m);
  run.samples += n;
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(run.epochs / FINE)));
  if (run.epochs % stride === 0) note(run);
  return true;
}

// A number set by hand. The mark before it lets a drag come back cheaply.
function edit(run, row) {
  mark(run);
  run.p[row[1]] = row[2];
  run.rows.push([...row]);
  run.changes += 1;
  note(run);
}

// The run of the state s, brought to the end of its record (or to where it was lost).
export function reach(s) {
  const rows = rowsOf(s.record), run = runOf(s, rows), before = run.epochs, began = performance.now();
  for (let i = Math.max(0, run.rows.length - 1); i < rows.length && !run.lost; i++) {
    const row = rows[i];
    if (!run.rows[i] && !row[0]) edit(run, row);
    run.rows[i] ??= [0, ...row.slice(1)];
    while (run.rows[i][0] < row[0] && !run.lost) {
      run.lost = !train(run, row);
      if (run.lost) break;
      run.rows[i][0] += 1;
      if (run.epochs % 32 === 0) mark(run);
    }
    if (run.lost && !run.rows[i][0]) run.rows.pop();
  }
  const more = run.epochs - before;
  if (more) run.ms = 0.8 * run.ms + (0.2 * (performance.now() - began)) / more; // for an epoch
  return run;
}

// ---- what can be done to a record: each gives a longer or a shorter one ----
const flat = (rows) => rows.flat();
// k epochs more; as many as there is room for.
export function longer(s, rows, k) {
  const last = rows.at(-1), next = [1, s.eta, s.m, s.lam];
  const going = last && likeRow(last, next);
  const room = MOST_EPOCHS - epochsOf(flat(rows));
  if (room < 1 || (!going && rows.length >= MOST_ROWS)) return flat(rows);
  const more = Math.min(k, room);
  return going ? flat([...rows.slice(0, -1), [last[0] + more, ...last.slice(1)]])
    : flat([...rows, [more, ...next.slice(1)]]);
}
// At most k epochs less; a number set by hand is undone on the way.
export function shorter(rows, k) {
  const last = rows.at(-1);
  if (!last) return [];
  return flat(last[0] > k ? [...rows.slice(0, -1), [last[0] - k, ...last.slice(1)]] : rows.slice(0, -1));
}
// Number i set to v; in a row of such changes the last one of a number counts.
export function byHand(rows, i, v) {
  const first = rows.findLastIndex((row) => row[0]) + 1, hands = rows.slice(first);
  const kept = [...rows.slice(0, first), ...hands.filter((row) => row[1] !== i)];
  return kept.length < MOST_ROWS ? flat([...kept, [0, i, v, 0]]) : flat(rows);
}
