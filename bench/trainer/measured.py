"""Runs a program and watches the memory of all its processes."""

import subprocess
import threading
from dataclasses import dataclass

import psutil

SAMPLE_SECONDS = 0.2


@dataclass(frozen=True)
class Outcome:
    """Text that a program wrote, and the most memory its processes held at one moment, in bytes:
    pss counts a page that several processes share once, rss counts it in each."""

    stdout: str
    stderr: str
    peak_pss: int
    peak_rss: int


def processes(root):
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def total(root, bytes_of):
    result = 0
    for process in processes(root):
        try:
            result += bytes_of(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue  # it ended meanwhile
    return result


def largest(root, pss, rss):
    """The peaks so far, and now. To read PSS is a walk through all pages, which would slow down
    what is measured: it is done only when RSS has grown by a hundredth."""
    now = total(root, lambda process: process.memory_info().rss)
    if now <= 1.01 * rss:
        return pss, rss
    return max(pss, total(root, lambda process: process.memory_full_info().pss)), now


def run(command, environment=None):
    """Raises SystemExit with the end of what the program said when it fails."""
    program = subprocess.Popen(command, env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    peak = [0, 0]
    done = threading.Event()

    def watch():
        root = psutil.Process(program.pid)
        while not done.wait(SAMPLE_SECONDS):
            peak[:] = largest(root, *peak)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        stdout, stderr = program.communicate()
    finally:
        done.set()
        watcher.join()
        program.terminate()  # where this is left by an interrupt
    if program.returncode:
        raise SystemExit(f"{' '.join(command)[:200]} ended with {program.returncode}:\n"
                         + stderr[-4000:])
    return Outcome(stdout, stderr, *peak)
