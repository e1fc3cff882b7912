import numpy as np
import pytest
from scipy.special import chdtrc

from raster.chi_square import survival


@pytest.mark.parametrize("freedom", [*range(1, 14), 40])
def test_agrees_with_the_incomplete_gamma_function(freedom):
    squares = np.concatenate([[0.0, 1e-12, 1e-3], np.linspace(0.1, 200, 400), [1e4]])
    assert survival(freedom, squares) == pytest.approx(chdtrc(freedom, squares), abs=1e-13)
