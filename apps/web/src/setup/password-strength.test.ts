import { expect, it } from "vitest";
import { passwordStrength } from "./password-strength.ts";

it("calls a password weak that is short or the same few characters", () => {
  expect(passwordStrength("aB3$xyz")).toBe("weak");
  expect(passwordStrength("aaaaaaaaaaaaaaaaaaaa")).toBe("weak");
});

it("prefers length to odd characters", () => {
  expect(passwordStrength("tR0ub4dor&")).toBe("fair");
  expect(passwordStrength("correct horse battery")).toBe("strong");
});
