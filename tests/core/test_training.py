"""Training: the update, the records, shuffling, the penalty, and what it refuses."""

import tracemalloc

import numpy as np
import pytest

import nnlib

X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
Y = np.array([[0.0], [1], [1], [0]])


def net(seed=0):
    return nnlib.Network([2, 4, 1], nnlib.tanh, rng=seed)


def run(network, **changes):
    settings = {"epochs": 3, "batch_size": 2, "eta": 0.5, "rng": 0} | changes
    return list(nnlib.train(network, settings.pop("data", (X, Y)), **settings))


def test_one_full_batch_step_is_the_update_rule():
    a, b = net(), net()
    run(a, epochs=1, batch_size=4, eta=0.5, lam=0.1)
    gW, gb = b.backprop(X, Y)
    for l in range(2):
        assert a.weights[l] == pytest.approx(
            b.weights[l] - 0.5 * (gW[l] + 0.1 * b.weights[l]), abs=1e-15
        )
        assert a.biases[l] == pytest.approx(b.biases[l] - 0.5 * gb[l], abs=1e-15)


def test_it_learns_xor_and_the_records_tell():
    network = net()
    records = run(network, epochs=400, eta=2.0, validation=(X, Y))
    last = records[-1]
    assert last.cost < 0.01 and last.accuracy == 1
    assert (last.cost, last.accuracy) == (last.validation_cost, last.validation_accuracy)
    assert [r.epoch for r in records[:3]] == [1, 2, 3]
    assert [r.updates for r in records[:3]] == [2, 4, 6]
    assert last.cost == nnlib.evaluate(network, X, Y)[0]
    assert "accuracy 100.00%" in str(last)


def test_a_short_last_batch_is_used_and_weighted_by_its_own_size():
    a, b = net(), net()
    assert run(a, epochs=1, batch_size=3)[0].updates == 2
    order = np.random.default_rng(0).permutation(4)
    for batch in (order[:3], order[3:]):
        nnlib.descend(b, *b.backprop(X[batch], Y[batch]), 0.5)
    assert all((p == q).all() for p, q in zip(a.weights, b.weights))


def test_rows_are_reshuffled_every_epoch_and_the_seed_repeats_the_run():
    seen = []

    class Spy(nnlib.Network):
        def backprop(self, x, y, cost):
            seen.append(x.tolist())
            return super().backprop(x, y, cost)

    run(Spy([2, 4, 1], rng=0), epochs=6, batch_size=4)
    assert len({str(x) for x in seen}) > 1
    assert all(sorted(x) == X.tolist() for x in seen)
    a, b = net(), net()
    assert [r[:6] for r in run(a)] == [r[:6] for r in run(b)]
    assert [r[:6] for r in run(net(), rng=1)] != [r[:6] for r in run(net())]


def test_batches_have_the_dtype_of_the_network_and_the_data_stay_as_they_were():
    given = X.copy(), Y.copy()
    dtypes = set()

    class Spy(nnlib.Network):
        def backprop(self, x, y, cost):
            dtypes.update((x.dtype, y.dtype))
            return super().backprop(x, y, cost)

    run(Spy([2, 4, 1], rng=0, dtype=np.float32), data=given)
    assert dtypes == {np.dtype("float32")}
    assert (given[0] == X).all() and (given[1] == Y).all()


def test_a_float64_rate_does_not_turn_a_float32_step_into_float64():
    rng = np.random.default_rng(0)
    data = rng.normal(size=(100, 50)), rng.uniform(size=(100, 1))
    a, b = (nnlib.Network([50, 20, 1], rng=0, dtype=np.float32) for _ in range(2))
    run(a, data=data, epochs=9, eta=3.3)
    run(b, data=data, epochs=9, eta=lambda epoch: np.float64(3.3))
    assert all((p == q).all() for p, q in zip(a.weights, b.weights))


def test_memory_is_flat_in_the_number_of_epochs():
    x, y = np.ones((5000, 50)), np.ones((5000, 1))  # 2 MB

    def peak(epochs):
        tracemalloc.start()
        for _ in nnlib.train(nnlib.Network([50, 4, 1], rng=0), lambda: (x.copy(), y.copy()),
                             epochs=epochs, batch_size=500, eta=0.1, rng=0):
            pass
        return (tracemalloc.get_traced_memory()[1], tracemalloc.stop())[0]

    assert peak(8) < 1.1 * peak(2)


def test_the_record_holds_for_more_rows_than_are_evaluated_at_once():
    network, rng = nnlib.Network([3, 4, 2], rng=0), np.random.default_rng(0)
    x, y = rng.normal(size=(2345, 3)), rng.uniform(size=(2345, 2))
    a = network(x)
    losses, right = ((a - y) ** 2).sum(axis=1) / 2, a.argmax(axis=1) == y.argmax(axis=1)
    assert nnlib.evaluate(network, x, y) == pytest.approx((losses.mean(), right.mean()), rel=1e-12)


def test_eta_and_data_may_be_functions():
    fetched = []

    def data():
        fetched.append(1)
        return X, Y

    a, b = net(), net()
    run(a, data=data, eta=lambda epoch: 1 / epoch)
    rng = np.random.default_rng(0)
    for epoch in (1, 2, 3):
        list(nnlib.train(b, (X, Y), epochs=1, batch_size=2, eta=1 / epoch, rng=rng))
    assert len(fetched) == 3
    assert all((p == q).all() for p, q in zip(a.weights, b.weights))


def test_nothing_happens_until_someone_loops():
    network = net()
    before = network.weights[0].copy()
    nnlib.train(network, (X, Y), epochs=1, batch_size=2, eta=1.0)
    assert (network.weights[0] == before).all()


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"data": (X, Y[:3])}, "X has 4 rows and Y has 3"),
        ({"data": (X[:0], Y[:0])}, "at least 1"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": 2.5}, "batch_size is 2.5"),
    ],
)
def test_refusals(changes, words):
    with pytest.raises(ValueError, match=words):
        run(net(), **changes)


def test_accuracy_of_one_output_is_the_side_of_one_half():
    network = nnlib.Network([1, 1], output=nnlib.linear)
    network.weights[0][:] = 1
    x = np.array([[0.2], [0.4], [0.6], [0.8]])
    y = np.array([[0.0], [1], [0], [1]])
    assert nnlib.evaluate(network, x, y)[1] == 0.5
