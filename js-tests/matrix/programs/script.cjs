// The same, by require.
const modules = {
  root: require("hostwire"),
  combell: require("hostwire/combell"),
  operations: require("hostwire/combell/operations"),
};

import("./suite.js")
  .then(({ runSuite }) => runSuite(modules, JSON.parse(process.argv[2])))
  .then((outcomes) => console.log(JSON.stringify(outcomes)));
