# %% [markdown]
# # Two figures from the tables of a run
#
# `python notebooks-data/emphasis.py [OUT] [PICTURES]` after `cezhong run`; needs polars and matplotlib. The cells (`# %%`) open
# as a notebook in VS Code, PyCharm, Spyder or, by jupytext, in Jupyter.

# %%
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import polars as pl
from matplotlib import font_manager

out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
pictures = Path(sys.argv[2] if len(sys.argv) > 2 else "target/notebooks")
pictures.mkdir(parents=True, exist_ok=True)

# The font that cezhong draws with, so that Chinese names need none of the machine's.
font = Path(__file__).resolve().parent.parent / "models" / "font" / "CezhongSans.otf"
font_manager.fontManager.addfont(font)
plt.rcParams["font.family"] = font_manager.FontProperties(fname=font).get_name()
plt.rcParams["axes.unicode_minus"] = False

# %% [markdown]
# ## Where each place puts its emphasis
# The table `emphasis` has a row for each place, year and theme. Cells are grey where the interval of the location quotient
# covers 1, as on cezhong's own heat map.

# %%
emphasis = pl.read_parquet(out / "tables" / "emphasis.parquet").with_columns(
    row=pl.col("place") + " " + pl.col("year").cast(pl.String).fill_null("?"),
)
sure = (pl.col("lq_low") > 1) | (pl.col("lq_high") < 1)
wide = emphasis.with_columns(shade=pl.when(sure).then(pl.col("lq").log(2))).pivot(on="theme", index="row", values="shade")
shares = emphasis.pivot(on="theme", index="row", values="share")
themes = [name for name in wide.columns if name != "row"]

figure, axes = plt.subplots(figsize=(11, 0.4 * wide.height + 2))
axes.set_facecolor("#e6e6e6")
shades = wide.select(themes).to_numpy().astype(float)
image = axes.imshow(shades, cmap="PuOr_r", vmin=-2, vmax=2, aspect="auto")
for row, values in enumerate(shares.select(themes).iter_rows()):
    for column, share in enumerate(values):
        if share is not None:
            axes.text(column, row, f"{100 * share:.1f}", ha="center", va="center", fontsize=8)
axes.set_xticks(range(len(themes)), themes, rotation=30, ha="right")
axes.set_yticks(range(wide.height), wide["row"])
figure.colorbar(image, label="log2 LQ")
axes.set_title("share in %; colour: location quotient; grey: the interval covers 1")
figure.savefig(pictures / "heatmap-python.png", dpi=150, bbox_inches="tight")

# %% [markdown]
# ## One theme, with its intervals
# The theme whose quotients differ most from place to place.

# %%
known = emphasis.filter(pl.col("lq").is_not_null())
theme = known.group_by("theme").agg(spread=pl.col("lq").log().std()).sort("spread", "theme", descending=[True, False])["theme"][0]
rows = known.filter(pl.col("theme") == theme).sort("lq", "row")

figure, axes = plt.subplots(figsize=(8, 0.35 * rows.height + 1.5))
lq, low, high = rows["lq"].to_numpy(), rows["lq_low"].to_numpy(), rows["lq_high"].to_numpy()
axes.errorbar(lq, range(rows.height), xerr=[lq - low, high - lq], fmt="o", color="#c85a00", capsize=2)
axes.axvline(1, color="#8c8c8c")
axes.set_xscale("log", base=2)
axes.set_yticks(range(rows.height), rows["row"])
axes.set_xlabel(f"location quotient of {theme}, with its interval; n = {rows['measures'].sum()} measures")
figure.savefig(pictures / "quotients-python.png", dpi=150, bbox_inches="tight")
print(f"{pictures}: heatmap-python.png ({wide.height} × {len(themes)}), quotients-python.png ({theme})")
