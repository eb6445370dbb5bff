const { Script } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

/** The compiled modules, for all test files of a process. */
const scripts = new Map();

function scriptOf(source, parameters, filename) {
  const kept = scripts.get(filename);
  if (kept?.source === source) return kept.script;
  const script = new Script(`(function (${parameters.join()}) {${source}\n})`, { filename });
  scripts.set(filename, { source, script });
  return script;
}

/**
 * Jest compiles every module again for each test file, and V8 each of its functions at the first call: a fifth of
 * the time of the unit tests. Here a process compiles a module once. The module still runs for each test file.
 */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    const compile = executor.compile.bind(executor);
    executor.compile = (source, filename) => {
      const context = executor.environment.getVmContext();
      // A module that imports others at run time needs to know its test file.
      if (!context || /\bimport\(/.test(source)) return compile(source, filename);
      return scriptOf(source, executor.injectedModuleParameters, filename).runInContext(context);
    };
  }
};
