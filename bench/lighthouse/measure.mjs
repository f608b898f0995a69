// node measure.mjs RUNS ADDRESS…   One line of JSON for each run: the address, four scores, what was found.
// The browser resolves nothing but this machine.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];
const ATTEMPTS = 4;
const LINE = "largest-contentful-paint first-contentful-paint total-blocking-time cumulative-layout-shift".split(" ");

const [runs, ...addresses] = process.argv.slice(2);
for (const address of addresses) {
  if (!LOCAL.includes(new URL(address).hostname)) throw new Error(`Only a site of this machine is measured: ${address}`);
}

// Lighthouse loses the beginning of a recording now and then, and asks to be run again.
async function recorded(address) {
  for (let attempt = 1; ; attempt += 1) {
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES });
    if (!lhr.runtimeError) return lhr;
    if (lhr.runtimeError.code !== "NO_NAVSTART" || attempt === ATTEMPTS) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    console.error(`${address}: recorded again (${lhr.runtimeError.code})`);
  }
}

const chrome = await launch({ chromePath: process.env.CHROMIUM || "/usr/bin/chromium", chromeFlags: FLAGS, ignoreDefaultFlags: true });
try {
  for (let run = 0; run < Number(runs); run += 1) {
    for (const address of addresses) {
      const lhr = await recorded(address);
      const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
      const times = Object.fromEntries(LINE.map((name) => [name, lhr.audits[name].numericValue]));
      const counted = new Set(CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs.filter((audit) => audit.weight).map((audit) => audit.id)));
      const missed = Object.values(lhr.audits)
        .filter((audit) => counted.has(audit.id) && audit.score !== null && audit.score < 0.9)
        .map((audit) => audit.id);
      console.log(JSON.stringify({ address, scores, times, missed }));
    }
  }
} finally {
  chrome.kill();
}
