import { ExitCode, InputError } from "../../errors";
import type { SavedPlan } from "../../review";
import { defineCommand } from "../command";
import { outdirOf } from "../paths";
import { writePage } from "../report/write-page";

const EXIT_CODES = { safe: ExitCode.done, look: ExitCode.done, dangerous: ExitCode.dangerous };

const HOSTS = ["github", "codecommit"] as const;

export const review = defineCommand({
  name: "review",
  summary: "says which changes of a Terraform plan are dangerous",
  description: `Reviews saved Terraform plans, of codeseries or not, and says of each change whether it is safe, expected
after a release, to be looked at, or dangerous. It needs no configuration, no AWS and no network. To save a plan:

  terraform plan -out plan.bin && terraform show -json plan.bin > plan.json`,
  options: {
    plan: {
      value: "<name=file>",
      description: "a stack's name and the JSON of its plan; can be given several times",
      parse: (text, previous) => [...((previous ?? []) as readonly SavedPlan[]), planOf(text)],
    },
    markdown: {
      value: "[host]",
      description: "prints a comment for a pull request on github (the default) or codecommit",
    },
    html: {
      value: "[file]",
      description:
        "writes the review as a page, to a file or to standard output; with a drawing if cdktf.out has the stacks",
    },
  },
  json: '{ "verdict", "stacks": [{ "name", "verdict", "stubbed", "changes" }] }; see review.schema.json',
  exitCodes: { done: "safe, or to be looked at", dangerous: "dangerous" },
  examples: [
    "npx codeseries review --plan dev=dev.json --plan shared=shared.json",
    "npx codeseries review --plan dev=dev.json --markdown > comment.md",
    "npx codeseries review --plan dev=dev.json --html review.html",
  ],
  variables: ["CDKTF_OUTDIR"],
  async run({ env, options: { html, markdown, plan }, ui }) {
    const plans = (plan ?? []) as readonly SavedPlan[];
    if (plans.length === 0) throw new InputError("expected --plan <name>=<plan.json>, got no plan");
    const names = plans.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new InputError(`--plan: the name ${twice} occurs twice`);
    const host = hostOf(markdown);
    const alone = [html === true && "--html", host && "--markdown", ui.options().json && "--json"];
    const given = alone.filter((option) => typeof option === "string");
    if (given.length > 1)
      throw new InputError(`expected one of --html, --markdown and --json, got ${given.join(" and ")}`);
    const { markdown: comment, reviewPlans, summary } = await import("../../review");
    const result = reviewPlans(plans);
    const { reviewPage } = await import("../report/review-page");
    const page = html === undefined ? "" : await reviewPage(result, outdirOf(env));
    if (typeof html === "string") {
      writePage(html, page);
      ui.note(`Wrote ${html}`);
    }
    const text = host
      ? comment(result, host)
      : summary(result, ui.style.paint, ui.options().verbose ?? false);
    ui.result(html === true ? page : text, result);
    return EXIT_CODES[result.verdict];
  },
});

function planOf(text: string): SavedPlan {
  const [, name, file] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || file === undefined)
    throw new InputError(`--plan: expected <name>=<plan.json>, got ${JSON.stringify(text)}`);
  return { name, file };
}

function hostOf(markdown: string | true | undefined) {
  if (markdown === undefined) return undefined;
  const host = markdown === true ? HOSTS[0] : HOSTS.find((one) => one === markdown);
  if (host === undefined)
    throw new InputError(`--markdown: expected github or codecommit, got ${String(markdown)}`);
  return host;
}
