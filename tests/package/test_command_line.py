"""The command line, mostly in this process and where it matters in one of its own."""

import os
import re
import signal
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

import firstneuron
from firstneuron import NEW_SITUATION, TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, NeuralNetwork
from firstneuron.cli import main

ARTICLE = """\
Random starting synaptic weights:
[[-0.16595599]
 [ 0.44064899]
 [-0.99977125]]

New synaptic weights after training:
[[ 9.67299303]
 [-0.2078435 ]
 [-4.62963669]]

Considering new situation [1, 0, 0] -> ?:
[0.99993704]
"""

# Ctrl-C reaches this process even where the shell that started the tests ignores it.
RUN_MAIN = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from firstneuron.cli import main
sys.exit(main())
"""


def start(*command, **options):
    """Start Python in a process of its own, which gathers its output before it writes it."""
    return subprocess.Popen(
        [sys.executable, *command],
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        **options,
    )


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PYTHON_COLORS", "0")


@pytest.fixture
def run(capsys):
    """Run the command line in this process and give what it printed."""

    def run_main(arguments=""):
        assert main(arguments.split()) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run_main


def answers(output):
    return [float(number) for number in re.findall(r"\?:\n\[(.*)\]", output)]


def test_module_prints_what_the_article_shows():
    process = start("-m", "firstneuron", stdout=subprocess.PIPE)

    assert process.communicate(timeout=60) == (ARTICLE, "")
    assert process.returncode == 0


def test_installed_script_runs_the_same_command_line():
    (script,) = metadata.entry_points(group="console_scripts", name="firstneuron")

    assert script.load() is main


def test_without_options_the_articles_output_is_printed(run):
    assert run() == ARTICLE


def test_options_at_their_defaults_change_nothing(run):
    assert run("--steps 10000 --seed 1 --learning-rate 1 --ask 1 0 0") == ARTICLE


def test_help_explains_fits_eighty_columns_and_exits_with_0(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])

    out, err = capsys.readouterr()
    assert stop.value.code == 0
    assert err == ""
    assert max(map(len, out.splitlines())) <= 80
    for option in ["--steps", "--seed", "--learning-rate", "--ask", "--trace", "--version"]:
        assert option in out


def test_things_to_try_in_the_help_run_and_show_what_it_says(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    suggestions = re.findall(r"^  firstneuron (.+?)  +(.+)$", capsys.readouterr().out, re.MULTILINE)
    shown = {}
    for arguments, promise in suggestions:
        assert main(arguments.split()) == 0
        shown[promise] = capsys.readouterr().out

    assert answers(shown.pop("one step: already above 0.5"))[0] > 0.5
    trace = shown.pop("watch the second weight rise, then fall")
    second_weights = [float(line.split()[2]) for line in trace_lines(trace)]
    assert 0 < second_weights.index(max(second_weights)) < len(second_weights) - 1
    (answer,) = answers(shown.pop("other start weights, nearly this answer"))
    assert answer == pytest.approx(0.99993704, abs=1e-7)
    assert answers(shown.pop("confident and wrong")) == [1]
    assert main(["--learning-rate", "100", "--ask", "0", "0", "1"]) == 0
    assert answers(capsys.readouterr().out)[0] > 0.9999  # its target is 0
    assert answers(shown.pop("always exactly 0.5: can you say why?")) == [0.5]
    assert len(answers(shown.pop("two situations at once"))) == 2
    assert not shown


def test_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])

    assert stop.value.code == 0
    assert capsys.readouterr().out == f"firstneuron {firstneuron.__version__}\n"
    assert metadata.version("firstneuron") == firstneuron.__version__


@pytest.mark.parametrize(
    ("arguments", "seed", "training"),
    [
        ("--steps 0", 1, {"steps": 0}),
        ("--steps 1", 1, {"steps": 1}),
        ("--steps 250", 1, {"steps": 250}),
        ("--steps 5 --seed 0", 0, {"steps": 5}),
        ("--steps 5 --seed 4294967295", 2**32 - 1, {"steps": 5}),
        ("--steps 5 --learning-rate 0.5", 1, {"steps": 5, "learning_rate": 0.5}),
        ("--steps=5 --learning-rate=2e1", 1, {"steps": 5, "learning_rate": 20}),
    ],
)
def test_steps_seed_and_learning_rate_do_what_they_say(
    arguments, seed, training, run, nine_lines_loop
):
    begin = 2 * np.random.RandomState(seed).random_sample((3, 1)) - 1
    end = nine_lines_loop(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, begin, **training)[-1]
    answer = 1 / (1 + np.exp(-end[0]))

    assert run(arguments) == (
        f"Random starting synaptic weights:\n{begin}\n\n"
        f"New synaptic weights after training:\n{end}\n\n"
        f"Considering new situation [1, 0, 0] -> ?:\n{answer}\n"
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("1 1 0", "[1, 1, 0]"),
        ("0.5 .25 1e-3", "[0.5, 0.25, 0.001]"),
        ("-1 -0.5 -.5", "[-1, -0.5, -0.5]"),
        ("-0 1e300 100", "[-0, 1e+300, 100]"),
        ("-1e-3 -.5e1 -1E300", "[-0.001, -5, -1e+300]"),
    ],
)
def test_any_three_numbers_can_be_asked_about(asked, shown, run):
    output = run(f"--steps 100 --ask {asked}")

    network = NeuralNetwork()
    network.train(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, 100)
    answer = network.think([float(number) for number in asked.split()])
    assert output.endswith(f"\n\nConsidering new situation {shown} -> ?:\n{answer}\n")


def test_several_situations_are_answered_in_their_order(run):
    output = run("--ask 1 0 0 --ask 0 0 0 --ask 1 0 0")

    assert re.findall(r"situation (.*) ->", output) == ["[1, 0, 0]", "[0, 0, 0]", "[1, 0, 0]"]
    assert answers(output) == [0.99993704, 0.5, 0.99993704]


def trace_lines(output):
    return [line for line in output.splitlines() if re.match(r" *\d+ ", line)]


@pytest.mark.parametrize(
    ("rate", "steps"),
    [
        (1, [0]),
        (1, [0, 1]),
        (1, [0, 1, 2]),
        (1, [0, 1, 2, 5, 10]),
        (0.5, [0, 1, 2, 5, 10, 20, 37]),
        (1, [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
    ],
)
def test_trace_shows_weights_error_and_answer_along_the_way(rate, steps, run, nine_lines_loop):
    begin = NeuralNetwork().synaptic_weights
    history = nine_lines_loop(TRAINING_SET_INPUTS, TRAINING_SET_OUTPUTS, begin, steps[-1], rate)
    lines = trace_lines(run(f"--trace --steps {steps[-1]} --learning-rate {rate}"))

    assert [int(line.split()[0]) for line in lines] == steps
    for line, step in zip(lines, steps, strict=True):
        outputs = 1 / (1 + np.exp(-(TRAINING_SET_INPUTS @ history[step])))
        error = np.mean((TRAINING_SET_OUTPUTS - outputs) ** 2)
        answer = 1 / (1 + np.exp(-(NEW_SITUATION @ history[step])))
        expected = [*history[step][:, 0], error, answer[0]]
        assert line.split()[1:] == [f"{number:.8f}" for number in expected]


def test_trace_stands_between_the_articles_parts_and_its_columns_line_up(run):
    before, trace, after, answer = run("--trace").split("\n\n")

    assert f"{before}\n\n{after}\n\n{answer}" == ARTICLE
    title, heading, *rows = trace.splitlines()
    assert title == "Training (error: mean squared error of the four examples):"
    assert re.findall(r"[a-z]+(?: \d)?", heading) == [
        "step",
        "weight 1",
        "weight 2",
        "weight 3",
        "error",
        "answer",
    ]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) <= 80


MISTAKES = {
    "--steps -1": "--steps: expected a whole number, 0 or more, got '-1'",
    "--steps 1.5": "--steps: expected a whole number, 0 or more, got '1.5'",
    "--steps ten": "--steps: expected a whole number, 0 or more, got 'ten'",
    "--steps": "--steps: expected one argument",
    "--seed -1": "--seed: expected a whole number, 0 or more, got '-1'",
    "--seed 4294967296": "seed: expected a whole number, from 0 to 4294967295, got 4294967296",
    "--seed a": "--seed: expected a whole number, 0 or more, got 'a'",
    "--learning-rate 0": "--learning-rate: expected a number above 0, got '0'",
    "--learning-rate -1": "--learning-rate: expected a number above 0, got '-1'",
    "--learning-rate nan": "--learning-rate: expected a finite number, got 'nan'",
    "--learning-rate 1e999": "--learning-rate: expected a finite number, got '1e999'",
    "--learning-rate fast": "--learning-rate: expected a finite number, got 'fast'",
    "--ask 1 0": "--ask: expected 3 arguments",
    "--ask 1 0 x": "--ask: expected a finite number, got 'x'",
    "--ask 1/2 0 0": "--ask: expected a finite number, got '1/2'",
    "--ask inf 0 0": "--ask: expected a finite number, got 'inf'",
    "--ask 1 0 0 1": "unrecognized arguments: 1",
    "--step 5": "unrecognized arguments: --step 5",
    "train": "unrecognized arguments: train",
}


@pytest.mark.parametrize("arguments", MISTAKES)
def test_mistakes_exit_with_2_and_one_sentence(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments.split())

    out, err = capsys.readouterr()
    assert stop.value.code == 2
    assert out == ""
    usage, message = err.split("firstneuron: error: ")
    assert usage.startswith("usage: firstneuron ")
    assert message.endswith(f"{MISTAKES[arguments]}\n")
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["two\nlines"], r"unrecognized arguments: two\nlines"),
        (["a\rb", "\x1b[31mred", "\udc80"], r"unrecognized arguments: a\rb \x1b[31mred \udc80"),
        (["--steps", "x" * 999], f"--steps: expected a whole number, 0 or more, got '{'x' * 56}…"),
        (["--ask", "1", "0", "\n"], r"--ask: expected a finite number, got '\n'"),
    ],
    ids=["two lines", "no text", "long", "a blank line"],
)
def test_whatever_is_typed_the_mistake_is_told_in_one_short_line(arguments, says, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)

    assert capsys.readouterr().err.splitlines()[-1].endswith(says)


def test_mistake_leaves_no_traceback_in_a_process_of_its_own():
    process = start("-m", "firstneuron", "--seed", "4294967296", stdout=subprocess.PIPE)

    out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--trace", "--steps", "5"]])
def test_reader_who_went_away_causes_no_complaint(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    process = start("-m", "firstneuron", *arguments, stdout=writing)
    os.close(writing)

    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


def test_reader_who_leaves_after_the_first_line_causes_no_complaint():
    process = start("-m", "firstneuron", "--trace", stdout=subprocess.PIPE)
    assert process.stdout.readline() == "Random starting synaptic weights:\n"
    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


def test_closed_standard_output_is_no_mistake(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)

    assert main(["--steps", "1"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process")
def test_control_c_exits_with_130_and_without_a_traceback():
    process = start("-c", RUN_MAIN, "--trace", "--steps", "1000000000000", stdout=subprocess.PIPE)
    for line in process.stdout:
        if trace_lines(line):
            break
    process.send_signal(signal.SIGINT)

    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "\nfirstneuron: stopped\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [[], ["--help"], ["--trace", "--steps", "9"]])
def test_a_full_disk_is_told_in_one_line(arguments):
    with open("/dev/full", "w") as full:  # noqa: PTH123 -- a device
        done = subprocess.run(
            [sys.executable, "-m", "firstneuron", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "firstneuron: error: No space left on device\n"
