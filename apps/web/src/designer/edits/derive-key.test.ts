import { beforeAll, describe, expect, it } from "vitest";
import { deriveKey, deriveSlug, keyProblem, loadPinyin } from "./derive-key.ts";

beforeAll(loadPinyin);

describe("deriveKey", () => {
  it("joins the words of an English label with underscores", () => {
    expect(deriveKey("Close date (planned)")).toBe("close_date_planned");
    expect(deriveKey("CustomerName")).toBe("customer_name");
  });
  it("turns Chinese characters into pinyin without tones", () => {
    expect(deriveKey("客户名称")).toBe("ke_hu_ming_cheng");
    expect(deriveKey("绿色VIP客户2")).toBe("lv_se_vip_ke_hu_2");
  });
  it("numbers a key that is taken or reserved", () => {
    expect(deriveKey("Name", ["name", "name_2"])).toBe("name_3");
    expect(deriveKey("Owner")).toBe("owner_2");
  });
  it("never gives a key that the workspace would refuse", () => {
    for (const label of ["", "!!!", "2024 sales", "fw event", "é", "ü", "客".repeat(60), "a".repeat(80), "a__b"])
      expect(keyProblem(deriveKey(label))).toBeNull();
  });
  it("keeps a numbered long key within forty characters", () => {
    const first = deriveKey("a".repeat(80));
    expect(deriveKey("a".repeat(80), [first])).toHaveLength(40);
  });
});

describe("deriveSlug", () => {
  it("makes an address from a Chinese company name", () => {
    expect(deriveSlug("杭州晨光科技")).toBe("hang-zhou-chen-guang-ke-ji");
    expect(deriveSlug("Acme & Sons, Ltd.")).toBe("acme-sons-ltd");
    expect(deriveSlug("2 Sisters")).toBe("w-2-sisters");
    expect(deriveSlug("…")).toBe("");
  });
});
