"""A small random Segment Anything of the package's own classes: the whole path, no download."""

from contextlib import contextmanager
from functools import partial

import torch

import settings
from inference import segmenter_registry
from inference.networks import torchvision_ops
from tests.inference.weights_folder import entry, listing

torchvision_ops.ensure()

from segment_anything import sam_model_registry  # noqa: E402 - torchvision cannot be imported before
from segment_anything.modeling import (  # noqa: E402 - torchvision cannot be imported before
    ImageEncoderViT,
    MaskDecoder,
    PromptEncoder,
    Sam,
    TwoWayTransformer,
)

SIDE, PATCH, CHANNELS = 128, 16, 32
MEAN, DEVIATION = [123.675, 116.28, 103.53], [58.395, 57.12, 57.375]


def small_sam(*, seed=7, has_relative_positions=True):
    """A `Sam` whose windows (3 patches) do not divide its grid (8 patches), as in the real ones."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        grid = SIDE // PATCH
        sam = Sam(
            ImageEncoderViT(
                img_size=SIDE,
                patch_size=PATCH,
                embed_dim=48,
                depth=3,
                num_heads=4,
                out_chans=CHANNELS,
                norm_layer=partial(torch.nn.LayerNorm, eps=1e-6),
                use_rel_pos=has_relative_positions,
                window_size=3,
                global_attn_indexes=(1,),
            ),
            PromptEncoder(CHANNELS, (grid, grid), (SIDE, SIDE), 8),
            MaskDecoder(
                transformer_dim=CHANNELS,
                transformer=TwoWayTransformer(
                    depth=2, embedding_dim=CHANNELS, mlp_dim=64, num_heads=4
                ),
                iou_head_hidden_dim=32,
            ),
            MEAN,
            DEVIATION,
        )
        for name, values in sam.named_parameters():
            if "rel_pos" in name or "pos_embed" in name:  # Zero to begin with, and so untested.
                torch.nn.init.normal_(values, std=0.5)
    return sam.eval()


@contextmanager
def kept_as_base_model(tmp_path, monkeypatch):
    """A folder of weights with the checkpoint of a small one in place of the base model's."""
    folder = tmp_path / "kept"
    folder.mkdir()
    torch.save(small_sam().state_dict(), folder / "sam_vit_b.pth")
    content = (folder / "sam_vit_b.pth").read_bytes()
    listing(tmp_path / "shipped", monkeypatch, entry("sam_vit_b", content))
    monkeypatch.setitem(sam_model_registry, "vit_b", small_sam)
    monkeypatch.setenv("GROUNDSHIFT_WEIGHTS_DIR", str(folder))
    settings.load.cache_clear()
    yield folder
    settings.load.cache_clear()
    segmenter_registry.forget()
