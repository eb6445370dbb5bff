import { ExitCode, InputError } from "../../errors";
import type { SavedPlan } from "../../review";
import { ACCEPT_STATE, defineCommand } from "../command";
import { outdirOf } from "../paths";
import { writePage } from "../report/write-page";

const EXIT_CODES = { safe: ExitCode.done, look: ExitCode.done, dangerous: ExitCode.dangerous };

const HOSTS = ["github", "codecommit"] as const;

export const review = defineCommand({
  name: "review",
  summary: "plans every stack, and says which changes are dangerous",
  description: `Synthesizes, plans every stack, also before the stacks that it needs exist, and says of each change whether
it is safe, expected after a release, to be looked at, or dangerous. Nothing is applied; codeseries apply applies
exactly what was reviewed. Plans, their JSON and the record are in cdktf.out/review/.

With --plan it reviews saved plans of any Terraform project, without configuration, AWS and network:

  terraform plan -out plan.bin && terraform show -json plan.bin > plan.json`,
  options: {
    plan: {
      value: "<name=file>",
      description: "reviews the JSON of a saved plan, under a name; can be given several times",
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
    acceptState: ACCEPT_STATE,
  },
  json: '{ "verdict", "stacks": [{ "name", "verdict", "stubbed", "restsOn", "changes" }] }; see review.schema.json',
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: {
    done: "safe, or to be looked at",
    failed: "credentials or Terraform",
    dangerous: "dangerous",
    incomplete: "a stack that the configuration no longer has still has resources",
    interrupted: "interrupted",
  },
  examples: [
    "npx codeseries review",
    "npx codeseries review --plan dev=dev.json --plan shared=shared.json",
    "npx codeseries review --plan dev=dev.json --markdown > comment.md",
    "npx codeseries review --plan dev=dev.json --html review.html",
  ],
  async run({ env, options: { acceptState = false, html, markdown, plan }, ui }) {
    const host = hostOf(markdown);
    const alone = [html === true && "--html", host && "--markdown", ui.options().json && "--json"];
    const given = alone.filter((option) => typeof option === "string");
    if (given.length > 1)
      throw new InputError(`expected one of --html, --markdown and --json, got ${given.join(" and ")}`);
    const { markdown: comment, reviewPlans, summary } = await import("../../review");
    const saved = savedPlans(plan ?? []);
    const { incomplete, review: result } =
      saved.length > 0
        ? { review: reviewPlans(saved), incomplete: undefined }
        : await (await import("../planning/review-system")).reviewSystem({ env, ui }, acceptState);
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
    if (incomplete) throw incomplete;
    return EXIT_CODES[result.verdict];
  },
});

function savedPlans(plans: readonly SavedPlan[]): readonly SavedPlan[] {
  const names = plans.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InputError(`--plan: the name ${twice} occurs twice`);
  return plans;
}

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
