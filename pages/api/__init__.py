"""The public reading tier at `/api/v2/`: what anybody may read, as data."""
