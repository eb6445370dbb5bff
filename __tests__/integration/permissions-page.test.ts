import type { Page } from "playwright-core";
import { readTemplate } from "../../src/cli/template";
import { provePermissions, reportHtml } from "../../src/permissions";
import { describeEachView, openPage, unreadable, type OpenPage } from "../support/browser";
import { provableSystem } from "../support/proof";

describeEachView(
  "the page, %i pixels wide, %s (needs Chromium, on the path or by CHROMIUM)",
  (width, colorScheme) => {
    let open: OpenPage;
    let page: Page;

    beforeAll(async () => {
      const { policies, system } = provableSystem("codeseries.yaml");
      const style = readTemplate("page.css") + readTemplate("permissions.css");
      const html = reportHtml(await provePermissions(system, policies), style);
      open = await openPage(html, { width, colorScheme });
      page = open.page;
    });
    afterAll(async () => {
      await open.close();
    });

    it("renders, says nothing on the console, and asks for nothing", async () => {
      expect(await page.locator("h1").innerText()).toBe("Who may do what");
      expect(open.said).toEqual([]);
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
        expect.stringMatching(/^59 wildcards are needed/),
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
      expect(await unreadable(page)).toEqual({ small: 0, cut: 0 });
    });
  },
);
