"""Segment Anything's image encoder, rearranged to run several times faster with the same result.

Takes its weights from the encoder of the package `segment-anything`; knows nothing of prompts.

Two things cost the package's encoder its time, and neither changes what is computed:

* It writes out attention maps of 4096 x 4096 per head, to add what the relative position of two
  patches is worth. That worth is a sum of a term for the key's row and one for its column
  (decomposed relative positions: Li et al. 2022, MViTv2, arXiv:2112.01526), so it can be folded
  into the product of query and key: queries are lengthened by these terms, keys by their row and
  column as unit vectors. Fused attention, which never writes the map, then does the rest.
* It computes in float32. Processors and cards with units for bfloat16 or float16 multiply several
  times faster in that; sums between blocks, norms and what leaves the encoder stay float32.
"""

from typing import Any, cast

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by
from torch import Tensor, nn

ALIGNED = 32
"""Fused attention is faster on heads of a length that the matrix units divide."""


class Encoder(nn.Module):
    """The encoder of a Segment Anything model in a precision of choice."""

    def __init__(self, original: nn.Module, precision: torch.dtype) -> None:
        """Take over the weights of an `ImageEncoderViT` of `segment_anything`.

        Args:
            original: in float32 and on its device; unchanged, but parameters may be shared with it.
            precision: what products are computed in.
        """
        super().__init__()
        parts = cast("Any", original)
        self.patches, self.position, self.neck = parts.patch_embed.proj, parts.pos_embed, parts.neck
        side = parts.img_size // self.patches.kernel_size[0]
        self.blocks = nn.ModuleList(_Block(block, side, precision) for block in parts.blocks)

    def forward(self, image: Tensor) -> Tensor:
        """Features (n, 256, side / 16, side / 16) of normalised images (n, 3, side, side)."""
        grid = self.patches(image).permute(0, 2, 3, 1)
        if self.position is not None:
            grid = grid + self.position
        for block in self.blocks:
            grid = block(grid)
        return cast("Tensor", self.neck(grid.permute(0, 3, 1, 2)))


class _Block(nn.Module):
    """One transformer block."""

    def __init__(self, original: Any, side: int, precision: torch.dtype) -> None:
        super().__init__()
        self.precision = precision
        self.norm1, self.norm2, self.act = original.norm1, original.norm2, original.mlp.act
        self.attention = _Attention(original.attn, original.window_size or side, precision)
        self.widen = _linear(original.mlp.lin1, precision)
        self.narrow = _linear(original.mlp.lin2, precision)

    def forward(self, grid: Tensor) -> Tensor:
        grid = grid + self.attention(self.norm1(grid).to(self.precision))
        wide = self.act(self.widen(self.norm2(grid).to(self.precision)))
        return cast("Tensor", grid + self.narrow(wide))


class _Attention(nn.Module):
    """Attention within square windows that cover the grid; one window may be the whole grid."""

    worth: Tensor | None
    places: Tensor | None

    def __init__(self, original: Any, window: int, precision: torch.dtype) -> None:
        super().__init__()
        self.heads, self.window = original.num_heads, window
        self.qkv, self.out = _linear(original.qkv, precision), _linear(original.proj, precision)
        device = self.qkv.weight.device
        worth, places = None, None
        if original.use_rel_pos:
            worth = _worth(original.rel_pos_h, original.rel_pos_w).to(precision)
            places = _unit_vectors(window).to(device, precision)
        self.register_buffer("worth", worth, persistent=False)
        self.register_buffer("places", places, persistent=False)

    def forward(self, grid: Tensor) -> Tensor:
        """Same shape as `grid` (n, row, col, channel)."""
        n, rows, cols, _channels = grid.shape
        more_rows, more_cols = -rows % self.window, -cols % self.window
        windows = _cut(F.pad(grid, (0, 0, 0, more_cols, 0, more_rows)), self.window)
        mixed = self._mixed(self.qkv(windows))
        whole = _joined(mixed, n, rows + more_rows, cols + more_cols)
        return cast("Tensor", self.out(whole[:, :rows, :cols]))

    def _mixed(self, qkv: Tensor) -> Tensor:
        """Values of (n, window, window, 3 x channel) mixed by attention: a third as long."""
        split = qkv.view(len(qkv), self.window**2, 3, self.heads, -1)
        query, key, value = split.unbind(2)
        length = query.shape[-1]
        if self.worth is not None and self.places is not None:
            query, key, value = _lengthened(split, self.worth, self.places)
        query, key, value = (part.transpose(1, 2) for part in (query, key, value))
        mixed = F.scaled_dot_product_attention(query, key, value, scale=length**-0.5)
        return mixed[..., :length].transpose(1, 2).reshape(*qkv.shape[:3], -1)


def _lengthened(split: Tensor, worth: Tensor, places: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value (n, place, head, length) with the relative positions folded in.

    Args:
        split: (n, place, query or key or value, head, length).
        worth: what `_worth` gave.
        places: what `_unit_vectors` gave.
    """
    n, count, three, heads, length = split.shape
    full = length + places.shape[1]
    longer = split.new_zeros(three, n, count, heads, full + -full % ALIGNED)
    longer[..., :length] = split.movedim(2, 0)
    query, key, value = longer.unbind()
    span = places.shape[1] // 2
    by_row, by_col = _terms(query[..., :length], worth, span)
    query[..., length : length + span] = by_row.flatten(1, 2)
    query[..., length + span : full] = by_col.flatten(1, 2)
    key[..., length:full] = places[:, None]
    return query, key, value


def _terms(query: Tensor, worth: Tensor, span: int) -> tuple[Tensor, Tensor]:
    """What each query adds to the keys of each row and column: (n, row, col, head, key's place).

    One product gives the terms of all distances; the `span` of them that a query at row r needs
    begin one place earlier for each row further down, which a stride says without a copy.
    """
    n, _places, heads, _length = query.shape
    distances = 2 * span - 1
    terms = (query @ worth).view(n, span, span, heads, 2 * distances)
    whole, row, col, head, one = terms.stride()
    shape, first = (n, span, span, heads, span), span - 1
    by_row = terms.as_strided(shape, (whole, row - 1, col, head, one), first)
    by_col = terms.as_strided(shape, (whole, row, col - 1, head, one), distances + first)
    return by_row, by_col


def _worth(by_row: Tensor, by_col: Tensor) -> Tensor:
    """(channel, 2 x distances) of both tables by distance, so that a query times it is the term.

    From the largest distance to the smallest, and multiplied by what attention divides by.
    """
    both = torch.cat([by_row.detach().flip(0), by_col.detach().flip(0)])
    scaled: Tensor = both * both.shape[1] ** 0.5
    return scaled.T.contiguous()


def _unit_vectors(span: int) -> Tensor:
    """(key, 2 x span): for each place of a square its row and its column as unit vectors."""
    unit = torch.eye(span)
    by_row = unit[:, None, :].expand(span, span, span)
    by_col = unit[None, :, :].expand(span, span, span)
    return torch.cat([by_row, by_col], dim=-1).reshape(span * span, 2 * span)


def _linear(original: nn.Linear, precision: torch.dtype) -> nn.Linear:
    """A layer in another precision."""
    made: nn.Linear = nn.Linear(
        original.in_features,
        original.out_features,
        bias=original.bias is not None,
        device="meta",
    )
    state = {name: value.to(precision) for name, value in original.state_dict().items()}
    made.load_state_dict(state, assign=True)
    return made


def _cut(grid: Tensor, window: int) -> Tensor:
    """Windows (n x count, window, window, channel) of a grid that they divide."""
    n, rows, cols, width = grid.shape
    parts = grid.view(n, rows // window, window, cols // window, window, width)
    return parts.permute(0, 1, 3, 2, 4, 5).reshape(-1, window, window, width)


def _joined(windows: Tensor, n: int, rows: int, cols: int) -> Tensor:
    """The grid that `_cut` made these windows of."""
    window = windows.shape[1]
    parts = windows.view(n, rows // window, cols // window, window, window, -1)
    return parts.permute(0, 1, 3, 2, 4, 5).reshape(n, rows, cols, -1)
