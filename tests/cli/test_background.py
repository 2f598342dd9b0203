"""What a serving hub does by itself goes on, whatever becomes of one time."""

import asyncio

import pytest

from hub.cli.background import again_and_again


async def test_work_is_done_again_after_a_fault_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = asyncio.Event()
    times = 0

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise RuntimeError("the disk is full")
        if times == 3:
            done.set()

    running = asyncio.create_task(again_and_again(work, 0.01))
    await asyncio.wait_for(done.wait(), 5)
    running.cancel()

    assert ["work in the background failed"] == [each.message[:29] for each in caplog.records]
    with pytest.raises(asyncio.CancelledError):
        await running
