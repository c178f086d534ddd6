// Preloaded into a command: says at its end how much memory it held at most.
process.on("exit", () => {
  process.stderr.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB\n`);
});
