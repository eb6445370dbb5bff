import type { Page } from "playwright-core";
import { readTemplate } from "../../src/cli/template";
import { diagramOf, drawDiagram } from "../../src/diagram";
import { marksOf } from "../../src/cli/report/review-page";
import { reviewHtml } from "../../src/review";
import { judge } from "../../src/review/judge";
import { Plan } from "../../src/review/plan/plan";
import { planSchema } from "../../src/review/plan/schema";
import { describeEachView, openPage, unreadable, type OpenPage } from "../support/browser";
import { change, planOf, savedPlan } from "../support/plans";
import { configFile, synthApp } from "../support/synth-app";

const HOSTILE = '"><img src=x onerror="console.log(1)"></details></style><script>console.log(2)</script>';

/** A page with real changes, and with a name that tries to be HTML. */
async function page(): Promise<string> {
  const stacks = synthApp(configFile("codeseries.yaml"));
  const [listener = ""] = Object.keys(stacks.dev?.resource?.aws_lb_listener ?? {});
  const dev = planOf(
    change("aws_lb_listener", "update", { port: 80 }, { port: 81 }, {}, `aws_lb_listener.${listener}`),
    change("aws_sqs_queue", "delete", { id: "q" }, null, {}, `aws_sqs_queue.q["${HOSTILE}"]`),
    change("aws_lb", "update", { tags: {} }, { tags: { a: HOSTILE } }),
  );
  const plans = { dev, shared: savedPlan("branch-shared"), [HOSTILE]: savedPlan("c-policy-widened-dev") };
  const review = judge(Object.entries(plans).map(([name, json]) => new Plan(name, planSchema.parse(json))));
  const diagram = diagramOf(stacks);
  const picture = await drawDiagram(diagram, readTemplate("diagram.css"), marksOf(review, diagram));
  return reviewHtml(review, readTemplate("page.css") + readTemplate("review.css"), picture);
}

describeEachView(
  "the page of a review, %i pixels wide, %s (needs Chromium, on the path or by CHROMIUM)",
  (width, colorScheme) => {
    let open: OpenPage;
    let shown: Page;

    beforeAll(async () => {
      open = await openPage(await page(), { width, colorScheme });
      shown = open.page;
    });
    afterAll(async () => {
      await open.close();
    });

    it("says nothing on the console and asks for nothing, although a name tries to", async () => {
      expect(await shown.locator("h1").innerText()).toBe("Plan review");
      expect(await shown.locator("h2").first().innerText()).toBe("dev: dangerous");
      expect(await shown.locator("main img, main script").count()).toBe(0);
      expect(await shown.locator("main").innerText()).toContain("onerror");
      expect(open.said).toEqual([]);
    });

    it("shows the architecture with what changes", async () => {
      const picture = shown.locator(".picture svg");
      const marked = picture.locator(".node.dangerous");
      expect(await marked.allTextContents()).toEqual([expect.stringContaining("Load balancer")]);
      expect(await marked.locator("text").last().textContent()).toBe("1 dangerous");
      expect(await picture.locator(".cluster.dangerous text").textContent()).toMatch(
        /^stack dev: 2 dangerous/,
      );
    });

    it("shows policy differences in words, and what is dangerous unfolded", async () => {
      const gained = shown.locator("article.dangerous", { hasText: "rights-gained" });
      expect(await gained.locator("li").first().innerText()).toMatch(/^allows ecr:\S+ on \S+/);
      expect(await gained.isVisible()).toBe(true);
    });

    it("reaches every link, fold and the picture by keyboard, each with a visible focus", async () => {
      const count = await shown.locator("a, summary, [tabindex='0']").count();
      const reached = new Set<unknown>();
      for (let press = 0; press < count; press += 1) {
        await shown.keyboard.press("Tab");
        reached.add(
          await shown.evaluate(
            "(() => { const one = document.activeElement; const style = getComputedStyle(one); return style.outlineStyle === 'none' ? 'without focus: ' + one.outerHTML : [...document.querySelectorAll('*')].indexOf(one); })()",
          ),
        );
      }
      expect([...reached].filter((one) => typeof one !== "number")).toEqual([]);
      expect(reached.size).toBe(count);
      const folded = shown.locator("details:not([open]) > summary").first();
      await folded.focus();
      await shown.keyboard.press("Enter");
      expect(await shown.locator("details:focus-within").getAttribute("open")).toBe("");
    });

    it("can be read: nothing small, nothing cut off, and it never scrolls sideways", async () => {
      await shown.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      expect(await shown.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await unreadable(shown)).toEqual({ small: 0, cut: 0 });
    });

    it("has enough contrast everywhere", async () => {
      expect(await shown.evaluate(LOW_CONTRAST)).toEqual([]);
    });
  },
);

/** Texts with a contrast below 4.5 to 1 against the nearest background (WCAG 2.2, 1.4.3). */
const LOW_CONTRAST = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(at).backgroundColor);
      if (alpha > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("main *, header > *")].filter(
    (one) => !one.closest("svg") && [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== ""),
  );
  return texts.filter((one) => {
    const [a, b] = [light(parse(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05) < 4.5;
  }).map((one) => one.outerHTML.slice(0, 100));
})()`;
