import { describe, expect, it } from "vitest";
import { needsOneThread } from "./one-thread";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
const WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
const FIREFOX_PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0";

describe("needsOneThread", () => {
  it.each([
    ["an iPhone", IPHONE, 5, true],
    ["an iPad, which calls itself a Mac", MAC, 5, true],
    ["a Mac", MAC, 0, false],
    ["a PC with a touch screen", WINDOWS, 10, false],
    ["Firefox", FIREFOX, 0, true],
    ["Firefox on a phone", FIREFOX_PHONE, 5, true],
  ])("knows %s", (_, userAgent, maxTouchPoints, oneThread) => {
    expect(needsOneThread({ userAgent, maxTouchPoints })).toBe(oneThread);
  });
});
