// aws of a build of the tests: the few operations that builds use, under roles that may do what they list.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import jmespath from "jmespath";
import { operations } from "./aws-operations.mjs";

const machine = process.env.BUILD_MACHINE;
const words = process.argv.slice(2);
const key = process.env.AWS_ACCESS_KEY_ID ?? "";
appendFileSync(join(machine, "calls"), `aws ${words.join(" ")} as ${key}\n`);
const account = JSON.parse(readFileSync(join(machine, "aws.json"), "utf8"));

function end(message, code) {
  process.stderr.write(`\n${message}\n`);
  process.exit(code);
}
const PARSING = 252;
const REFUSED = 254;

const SWITCHES = ["--no-include-email", "--quiet", "--only-show-errors", "--no-cli-pager", "--recursive"];
const options = {};
const positional = [];
for (let index = 0; index < words.length; index++) {
  const word = words[index];
  if (!word.startsWith("--")) positional.push(word);
  else options[word] = SWITCHES.includes(word) || words[++index];
}
const [service = "", operation = ""] = positional.splice(0, 2);

const own = operations[`${service} ${operation}`];
if (!own || !(own.cli ?? [1, 2]).includes(account.cliVersion))
  end(
    `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n\naws: [ERROR]: argument operation: Found invalid choice '${operation}'`,
    PARSING,
  );

const caller = account.callers[key];
if (!caller)
  end(
    `An error occurred (InvalidClientTokenId) when calling the ${own.name} operation: The security token included in the request is invalid.`,
    REFUSED,
  );

/** Ends as the real command does if the caller's policies do not allow an action. */
function require(action, resource = "*") {
  const allowed = caller.allow.some((entry) => {
    const [actions, resources = "*"] = entry.split(" ");
    return matches(actions, action) && matches(resources, resource);
  });
  if (allowed) return;
  const on = resource === "*" ? "" : ` on resource: ${resource}`;
  end(
    `An error occurred (${own.denied ?? "AccessDeniedException"}) when calling the ${own.name} operation: User: ${caller.arn} is not authorized to perform: ${action}${on} because no identity-based policy allows the ${action} action`,
    REFUSED,
  );
}
const matches = (pattern, text) =>
  pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : pattern === text;

const refuse = (code, message) =>
  end(`An error occurred (${code}) when calling the ${own.name} operation: ${message}`, REFUSED);
const result = own.run({ account, caller, key, machine, options, positional, refuse, require });

if (typeof result === "string") process.stdout.write(result);
else if (result !== undefined) {
  const queried = options["--query"] === undefined ? result : jmespath.search(result, options["--query"]);
  process.stdout.write(
    `${options["--output"] === "text" ? text(queried) : JSON.stringify(queried, undefined, 4)}\n`,
  );
}

function text(value) {
  if (Array.isArray(value))
    return value.every(Array.isArray) ? value.map(text).join("\n") : value.map(text).join("\t");
  return value === null || value === undefined ? "None" : String(value);
}
