const SMALL_FILE = /^(added_tokens|config|special_tokens_map|tokenizer\w*)\.json$|^vocab\.txt$/;

/** Where weights may be, best first: one file, or an index with its shards. */
const WEIGHTS = [
  { whole: "model.safetensors", sharded: /^model(\.safetensors\.index\.json|-\d+-of-\d+\.safetensors)$/ },
  { whole: "pytorch_model.bin", sharded: /^pytorch_model(\.bin\.index\.json|-\d+-of-\d+\.bin)$/ },
];

/** The files of a checkpoint that a conversion reads, out of all the names in its folder. */
export function checkpointNames(names: readonly string[]): string[] {
  return [...names.filter((name) => SMALL_FILE.test(name)), ...weightNames(names)];
}

function weightNames(names: readonly string[]): string[] {
  for (const { whole, sharded } of WEIGHTS) {
    if (names.includes(whole)) return [whole];
    const shards = names.filter((name) => sharded.test(name));
    if (shards.length > 0) return shards;
  }
  return [];
}
