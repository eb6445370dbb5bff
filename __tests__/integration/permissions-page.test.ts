import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { readTemplate } from "../../src/cli/template";
import { provePermissions, reportHtml } from "../../src/permissions";
import { provableSystem } from "../support/proof";

/** The browser that CHROMIUM names, or one on the path. */
function findChromium({ CHROMIUM, PATH = "" }: NodeJS.ProcessEnv): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const files = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(CHROMIUM === undefined ? [] : [CHROMIUM]), ...files].find((file) => existsSync(file));
}

const executablePath = findChromium(process.env);
/** Counted as skipped, by its name, where the machine has no Chromium. */
const describeInBrowser = executablePath === undefined ? describe.skip : describe;

describeInBrowser.each([
  [1280, "light"],
  [390, "light"],
  [1280, "dark"],
  [390, "dark"],
] as const)(
  "the page, %i pixels wide, %s (needs Chromium, on the path or by CHROMIUM)",
  (width, colorScheme) => {
    let browser: Browser;
    let page: Page;
    const said: string[] = [];

    beforeAll(async () => {
      const { policies, system } = provableSystem("codeseries.yaml");
      const html = reportHtml(await provePermissions(system, policies), readTemplate("permissions.css"));
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
      page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(error.message));
      page.on("request", (request) => said.push(`asked for ${request.url()}`));
      await page.setContent(html, { waitUntil: "load" });
    });
    afterAll(async () => {
      await browser.close();
    });

    it("renders, says nothing on the console, and asks for nothing", async () => {
      expect(await page.locator("h1").innerText()).toBe("Who may do what");
      expect(said).toEqual([]);
    });

    it("has each account as a lane, side by side", async () => {
      const chain = page.locator("#awssdk-iam-to-dev .chain");
      expect(await chain.locator(".account").allInnerTexts()).toEqual([
        expect.stringMatching(/^shared\s+202949997891$/),
        expect.stringMatching(/^dev\s+558846431111$/),
      ]);
      const [shared, dev] = await Promise.all(
        [0, 1].map((lane) => chain.locator(`.lane-${lane}`).boundingBox()),
      );
      expect((shared?.x ?? 0) + (shared?.width ?? 0)).toBeLessThanOrEqual(dev?.x ?? 0);
      expect(shared?.height).toBeGreaterThan(1000);
    });

    it("says why nothing is tighter: the reason of each wildcard", async () => {
      const reasons = page.locator("section:last-of-type details.reasons");
      expect(await reasons.locator("summary").allInnerTexts()).toEqual([
        expect.stringMatching(/^43 wildcards are needed/),
      ]);
      await reasons.first().locator("summary").click();
      expect(await reasons.first().innerText()).toContain("ECS chooses the ids of task sets");
      await reasons.first().locator("summary").click();
    });

    it("opens every hop to the statements that allow it, and never scrolls sideways", async () => {
      const hop = page.locator("details.hop", { hasText: "push the image" });
      expect(await hop.locator("pre").first().isVisible()).toBe(false);
      await hop.locator("summary").click();
      expect(await hop.locator("figure").innerText()).toContain("PushImage");
      await page.evaluate("for (const hop of document.querySelectorAll('details')) hop.open = true");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    });

    it("is set in a size that can be read, no text cut off by its card", async () => {
      const small = await page.evaluate(
        "[...document.querySelectorAll('body *')].filter((one) => parseFloat(getComputedStyle(one).fontSize) < 12).length",
      );
      expect(small).toBe(0);
      const cut = await page.evaluate(
        "[...document.querySelectorAll('details, pre, code, span')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').length",
      );
      expect(cut).toBe(0);
    });
  },
);
