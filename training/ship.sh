#!/bin/sh
# The model folder and its card, from the checkpoint that export.py made.
#
# Usage: training/ship.sh NAME HARDWARE HARDWARE_PT PREFERENCES...
# NAME: of the training; HARDWARE, HARDWARE_PT: what it was trained on, in words, English and Portuguese; PREFERENCES: files of human
# preferences, only for this. PYTHON names a Python with torch. Writes public/models/demo, the figures that its page shows
# (training/demo/about.json), the reference rewards of its tests (test/fixtures/demo) and its revision where tests and documentation say it.
#
# Weights that were rounded in training come out of 8 bits with another last bit. So that the folder names the checkpoint that unpack.py
# makes of it, what ships was unpacked and converted once more, and the reference rewards are of that one.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
name=$1 hardware=$2 hardware_pt=$3
shift 3
work=.cache/training/$name
checkpoint=$work/reward-scorer-demo
unpacked=.cache/training/$name-unpacked/reward-scorer-demo
model=public/models/demo
about=training/demo/about.json

"$python" training/evaluate.py "$checkpoint"
npx reward-scorer convert "$checkpoint" --out "$work/model" --dtype q8,w8
# It exits with 1: five rows of HH-RLHF have prompts that differ.
npx reward-scorer evaluate --json --single-turn --model "$work/model" "$@" > "$work/preferences.json" || [ $? -eq 1 ]
"$python" training/card.py "$checkpoint" "$work/preferences.json" "$hardware" "$hardware_pt"

rm -rf ".cache/training/$name-unpacked"
cp "$checkpoint/training.json" "$work/model/"
"$python" training/unpack.py "$work/model" "$name-unpacked"
npx reward-scorer convert "$unpacked" --out "$model" --dtype q8,w8 --about "$about"
cp "$checkpoint"/README*.md "$checkpoint/training.json" "$model/"
cp "$unpacked/goldens.json" test/fixtures/demo/

revision=$(sha256sum "$unpacked/model.safetensors" | cut -c 1-12)
before=$(sed -n 's/.*"sha256-\([0-9a-f]*\)".*/\1/p' test/demo-revision.ts)
sed -i "s/$before/$revision/g" test/demo-revision.ts docs/evaluate.md docs/embedding/files.md
echo "shipped $name, sha256-$revision; unpacked: $unpacked"
