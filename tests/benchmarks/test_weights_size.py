import numpy as np
import torch
from safetensors.numpy import save_file

from benchmarks.accuracy.weights_size import counted, parameters


def test_numbers_are_counted_in_both_formats_without_running_statistics(tmp_path):
    values = {
        "body.weight": np.zeros((4, 3, 2, 2), np.float32),
        "body.bias": np.zeros(4, np.float32),
        "norm.running_mean": np.zeros(4, np.float32),
    }
    save_file(values, tmp_path / "net.safetensors")
    torch.save(
        {name: torch.zeros(value.shape) for name, value in values.items()}, tmp_path / "n.pth"
    )
    assert counted(tmp_path / "net.safetensors") == counted(tmp_path / "n.pth") == 52


def test_a_detector_without_weights_has_no_parameters():
    assert parameters("cva") is None
    assert parameters("auto") is None
