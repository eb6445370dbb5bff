import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Page } from "playwright-core";

/** The browser that CHROMIUM names, or one on the path. */
function findChromium({ CHROMIUM, PATH = "" }: NodeJS.ProcessEnv): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const files = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(CHROMIUM === undefined ? [] : [CHROMIUM]), ...files].find((file) => existsSync(file));
}

const executablePath = findChromium(process.env);

/** Tests of a page in each view. Counted as skipped, by their names, where the machine has no Chromium. */
export const describeEachView = (executablePath === undefined ? describe.skip : describe).each([
  [1280, "light"],
  [390, "light"],
  [1280, "dark"],
  [390, "dark"],
] as const);

export interface OpenPage {
  readonly page: Page;
  /** What it wrote to the console, which errors it had, and which files it asked for. */
  readonly said: readonly string[];
  close(): Promise<void>;
}

/** A page in headless Chromium. */
export async function openPage(
  html: string,
  { colorScheme, width }: { colorScheme: "light" | "dark"; width: number },
): Promise<OpenPage> {
  const said: string[] = [];
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => said.push(`asked for ${request.url()}`));
  await page.setContent(html, { waitUntil: "load" });
  return { page, said, close: () => browser.close() };
}

/** How many elements have text below 12 pixels, and how many cut their text off. */
export async function unreadable(page: Page): Promise<{ small: unknown; cut: unknown }> {
  return {
    small: await page.evaluate(
      "[...document.querySelectorAll('body *')].filter((one) => parseFloat(getComputedStyle(one).fontSize) < 12).length",
    ),
    cut: await page.evaluate(
      "[...document.querySelectorAll('details, pre, code, span')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').length",
    ),
  };
}
