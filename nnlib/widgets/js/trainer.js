// A network 784-30-10 of sigmoids learns the embedded digits by mini-batches with the quadratic cost, number
// for number as nnlib.Network(rng=seed) and nnlib.train(rng=seed) do it, in slices of a few milliseconds.
//
// The rim of a digit is always white, so its weights never change: W1 keeps the 400 inner pixels, one after
// the other, each with its 30 weights. What a reader changes on the way stands in `stretches`, [{ from, eta,
// m }]: from which update on. It is all that decides what happens, so any moment can be computed again.
import { ACTIVATIONS } from "./activations.js";
import { generator } from "./numpy.js";
import { INNER, RIM, SIDE } from "./small_digits.js";

export const HIDDEN = 30;
export const CLASSES = 10;
const PIXELS = SIDE * SIDE;
export const STUCK = 0.01; // a hidden neuron with less slope than this hardly learns
const SIZES = [INNER * INNER * HIDDEN, HIDDEN, CLASSES * HIDDEN, CLASSES]; // W1, b1, W2, b2
// Which of the 400 a pixel of the image is; -1 on the rim.
const INSIDE = Int16Array.from({ length: PIXELS }, (_, pixel) => {
  const y = Math.floor(pixel / SIDE) - RIM, x = (pixel % SIDE) - RIM;
  return [y, x].every((v) => v >= 0 && v < INNER) ? INNER * y + x : -1;
});
const CHUNK = 64; // digits that are measured between two looks at the clock

const sigmoid = ACTIVATIONS.sigmoid.f;
const largest = (a) => a.indexOf(Math.max(...a));
// 1, 2, 5, 10 ...: the largest that is no larger than v, and at least 1.
export function round125(v) {
  if (v < 2) return 1;
  const unit = 10 ** Math.floor(Math.log10(v));
  return unit * [5, 2, 1].find((k) => k * unit <= v);
}

export const stretchAt = (stretches, u) => stretches.findLast(({ from }) => from <= u);

// Where update number u begins: the epochs done, the digits used of the present one, how many in all.
export function placeOf(stretches, u, n) {
  let epoch = 0, offset = 0;
  stretches.forEach(({ from, m }, i) => {
    let left = Math.min(u, stretches[i + 1]?.from ?? Infinity) - from;
    if (left <= 0) return;
    const rest = Math.ceil((n - offset) / m), whole = Math.ceil(n / m);
    if (left < rest) offset += left * m;
    else {
      left -= rest;
      epoch += 1 + Math.floor(left / whole);
      offset = (left % whole) * m;
    }
  });
  return { epoch, offset, seen: epoch * n + offset };
}

// The number of updates after which the epoch that update u begins or continues is over.
export function epochEnd(stretches, u, n) {
  const { m } = stretchAt(stretches, u);
  return u + Math.ceil((n - placeOf(stretches, u, n).offset) / m);
}

// The first update that two lists of stretches make differently.
function parting(a, b) {
  const places = [...a, ...b].map(({ from }) => from).sort((p, q) => p - q);
  const differ = (u) => ["eta", "m"].some((key) => stretchAt(a, u)[key] !== stretchAt(b, u)[key]);
  return places.find(differ) ?? Infinity;
}

// One network in training. `points` are what has been measured: { u, seen, cost, right, testCost, testRight,
// stuck }, costs as means, right as counts, stuck as a share of the hidden activations on the test digits.
export function createRun(digits, seed) {
  const { train: n, count, first, place, ink, labels } = digits;
  const net = new Float64Array(SIZES.reduce((a, b) => a + b));
  const [W1, b1, W2, b2] = SIZES.map((size, i) => {
    const from = SIZES.slice(0, i).reduce((a, b) => a + b, 0);
    return net.subarray(from, from + size);
  });
  const start = new Float64Array(HIDDEN * PIXELS); // W1 of update 0 as Python has it, with its rim
  const shuffle = generator(seed), orders = [], points = new Map(), kept = new Map();
  const a1 = new Float64Array(HIDDEN), a2 = new Float64Array(CLASSES);
  let stretches = [{ from: 0, eta: 1, m: 1 }], u = 0, epoch = 0, offset = 0, job = null;
  let [A1, D1, D2] = [0, 0, 0].map(() => new Float64Array(0)); // rows of a batch, longer when needed

  function begin() {
    const { normal } = generator(seed);
    for (let k = 0; k < start.length; k++) start[k] = normal() * PIXELS ** -0.5;
    INSIDE.forEach((k, pixel) => {
      for (let j = 0; k >= 0 && j < HIDDEN; j++) W1[HIDDEN * k + j] = start[PIXELS * j + pixel];
    });
    for (let k = 0; k < W2.length; k++) W2[k] = normal() * HIDDEN ** -0.5;
    keep();
  }
  const keep = () => kept.set(u, { net: net.slice(), epoch, offset });
  function goBack(to) {
    u = Math.max(...[...kept.keys()].filter((at) => at <= to));
    const { net: old, ...where } = kept.get(u);
    net.set(old);
    ({ epoch, offset } = where);
    job = null;
  }
  const orderOf = (e) => {
    while (orders.length <= e) orders.push(shuffle.permutation(n));
    return orders[e];
  };

  // Digit i through the network: a1 and a2.
  function forward(i) {
    const begin = first[i], end = first[i + 1];
    for (let j = 0; j < HIDDEN; j += 6) { // six sums at a time, which is twice as fast as one by one
      let z0 = b1[j], z1 = b1[j + 1], z2 = b1[j + 2], z3 = b1[j + 3], z4 = b1[j + 4], z5 = b1[j + 5];
      for (let p = begin; p < end; p++) {
        const x = ink[p], w = HIDDEN * place[p] + j;
        z0 += W1[w] * x; z1 += W1[w + 1] * x; z2 += W1[w + 2] * x;
        z3 += W1[w + 3] * x; z4 += W1[w + 4] * x; z5 += W1[w + 5] * x;
      }
      a1[j] = z0; a1[j + 1] = z1; a1[j + 2] = z2; a1[j + 3] = z3; a1[j + 4] = z4; a1[j + 5] = z5;
    }
    for (let j = 0; j < HIDDEN; j++) a1[j] = sigmoid(a1[j]);
    for (let k = 0; k < CLASSES; k++) {
      let z = b2[k];
      for (let j = 0; j < HIDDEN; j++) z += W2[HIDDEN * k + j] * a1[j];
      a2[k] = sigmoid(z);
    }
  }
  function loss(label) {
    let sum = 0;
    for (let k = 0; k < CLASSES; k++) sum += (a2[k] - (k === label ? 1 : 0)) ** 2;
    return sum / 2;
  }

  // Row r of the batch: the activations and errors of digit i (BP1, BP2).
  function errors(r, i) {
    forward(i);
    const label = labels[i], hidden = HIDDEN * r, out = CLASSES * r;
    for (let k = 0; k < CLASSES; k++)
      D2[out + k] = (a2[k] - (k === label ? 1 : 0)) * a2[k] * (1 - a2[k]);
    for (let j = 0; j < HIDDEN; j++) {
      let sum = 0;
      for (let k = 0; k < CLASSES; k++) sum += D2[out + k] * W2[HIDDEN * k + j];
      D1[hidden + j] = sum * a1[j] * (1 - a1[j]);
      A1[hidden + j] = a1[j];
    }
  }
  // W <- W - eta gW, b <- b - eta gb, the gradients added up digit by digit (BP3, BP4).
  function descend(batch, rate) {
    for (let r = 0; r < batch.length; r++) {
      const hidden = HIDDEN * r, out = CLASSES * r, i = batch[r];
      for (let k = 0; k < CLASSES; k++) {
        const d = rate * D2[out + k];
        b2[k] -= d;
        for (let j = 0; j < HIDDEN; j++) W2[HIDDEN * k + j] -= d * A1[hidden + j];
      }
      for (let j = 0; j < HIDDEN; j++) b1[j] -= D1[hidden + j] *= rate;
      const begin = first[i], end = first[i + 1];
      for (let j = 0; j < HIDDEN; j += 6) {
        const h = hidden + j, d0 = D1[h], d1 = D1[h + 1], d2 = D1[h + 2];
        const d3 = D1[h + 3], d4 = D1[h + 4], d5 = D1[h + 5];
        for (let p = begin; p < end; p++) {
          const x = ink[p], w = HIDDEN * place[p] + j;
          W1[w] -= d0 * x; W1[w + 1] -= d1 * x; W1[w + 2] -= d2 * x;
          W1[w + 3] -= d3 * x; W1[w + 4] -= d4 * x; W1[w + 5] -= d5 * x;
        }
      }
    }
  }
  const nextBatch = () => orderOf(epoch).slice(offset, offset + stretchAt(stretches, u).m);
  function update() {
    const batch = nextBatch(), { eta } = stretchAt(stretches, u);
    if (D2.length < CLASSES * batch.length)
      [A1, D1, D2] = [HIDDEN, HIDDEN, CLASSES].map((width) => new Float64Array(width * batch.length));
    batch.forEach((i, r) => errors(r, i));
    descend(batch, eta / batch.length);
    u += 1;
    offset += batch.length;
    if (offset < n) return;
    [epoch, offset] = [epoch + 1, 0];
    if (epoch <= 20 || epoch % 5 === 0) keep();
  }

  // Measures the present network; false if time was up before the end.
  function measure(until) {
    job ??= { i: 0, loss: [0, 0], right: [0, 0], stuck: 0 };
    while (job.i < count) {
      if (performance.now() > until) return false;
      for (const end = Math.min(count, job.i + CHUNK); job.i < end; job.i++) {
        forward(job.i);
        const set = job.i < n ? 0 : 1, label = labels[job.i];
        job.loss[set] += loss(label);
        if (largest(a2) === label) job.right[set] += 1;
        if (set) for (let j = 0; j < HIDDEN; j++) if (a1[j] * (1 - a1[j]) < STUCK) job.stuck += 1;
      }
    }
    points.set(u, {
      u, seen: epoch * n + offset, epoch, cost: job.loss[0] / n, testCost: job.loss[1] / (count - n),
      right: job.right[0], testRight: job.right[1], stuck: job.stuck / (count - n) / HIDDEN,
    });
    job = null;
    return true;
  }
  // On the way to a far place it measures ever more rarely, and after the first epoch.
  const due = () => u % round125(u / 10) === 0 || (epoch === 1 && offset === 0);

  // What has been done under other stretches is forgotten.
  function follow(list) {
    const sure = parting(stretches, list);
    stretches = list;
    for (const known of [points, kept])
      for (const at of known.keys()) if (at > sure) known.delete(at);
    if (u > sure) goBack(sure);
  }
  // Trains up to update `target` and measures there, until time is up or a point has been made on the way;
  // true when it has arrived.
  function work(target, until) {
    if (u > target) goBack(target);
    for (;;) {
      if (u === target && points.has(u)) return true;
      if (!points.has(u) && (u === target || due())) return measure(until) && u === target;
      if (performance.now() > until) return false;
      update();
    }
  }
  // The network of update `target`, for what is drawn of it; nothing is measured.
  function arrive(target, until = Infinity) {
    if (u > target) goBack(target);
    for (; u < target; update()) if (performance.now() > until) return false;
    return true;
  }
  // f with the network as it is, which is put back afterwards.
  function trying(f) {
    const before = net.slice(), where = [u, epoch, offset, job];
    const result = f();
    net.set(before);
    [u, epoch, offset, job] = where;
    return result;
  }
  // W[j, pixel] of the first layer.
  const weight = (j, pixel) =>
    (INSIDE[pixel] < 0 ? start[PIXELS * j + pixel] : W1[HIDDEN * INSIDE[pixel] + j]);
  const outputs = (i) => (forward(i), [...a2]);
  const lossOf = (list) => list.reduce((sum, i) => (forward(i), sum + loss(labels[i])), 0) / list.length;

  begin();
  return {
    seed, points, follow, work, arrive, outputs,
    weight,
    others: () => [b1, W2, b2].flatMap((list) => [...list]),
    largest() {
      let top = 0;
      for (let j = 0; j < HIDDEN; j++)
        for (let k = 0; k < PIXELS; k++) top = Math.max(top, Math.abs(weight(j, k)));
      return top;
    },
    get u() { return u; },
    get stretches() { return stretches; },
    // How many test digits will be right when this epoch is over.
    ahead: () => trying(() => {
      do update(); while (offset > 0);
      let right = 0;
      for (let i = n; i < count; i++) if (largest(outputs(i)) === labels[i]) right += 1;
      return right;
    }),
    // The update that comes next, taken apart.
    next() {
      const batch = nextBatch(), { eta, m } = stretchAt(stretches, u), [i] = batch;
      const before = outputs(i), costs = [lossOf(batch)];
      return trying(() => {
        const W = W1.slice();
        update();
        costs.push(lossOf(batch));
        const step = W1.reduce((most, w, k) => Math.max(most, Math.abs(w - W[k])), 0);
        return { batch, labels: batch.map((k) => labels[k]), eta, m, before, after: outputs(i), costs, step };
      });
    },
  };
}
