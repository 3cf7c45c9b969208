// One program for each target, with nothing set but the target.
const targets = { web: "page.js", webworker: "worker.js", node: "script.js" };

export default Object.entries(targets).map(([target, entry]) => ({
  name: target,
  mode: "production",
  target,
  entry: `./program/${entry}`,
  output: { filename: `${target}.js` },
}));
