import { describe, expect, it } from "vitest";
import { isIos } from "./is-ios";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";

describe("isIos", () => {
  it.each([
    ["an iPhone", IPHONE, 5, true],
    ["an iPad, which calls itself a Mac", MAC, 5, true],
    ["a Mac", MAC, 0, false],
    ["a PC with a touch screen", WINDOWS, 10, false],
  ])("knows %s", (_, userAgent, maxTouchPoints, ios) => {
    expect(isIos({ userAgent, maxTouchPoints })).toBe(ios);
  });
});
