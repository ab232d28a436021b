/** A signed-in caller of Formwright's API. */
export class FormwrightApi {
  readonly base: string;
  readonly token: string;

  constructor(base: string, token: string) {
    this.base = base;
    this.token = token;
  }

  /** @throws Error with the answer when it is not the one of a success */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 2000)}`);
    return (text ? JSON.parse(text) : null) as T;
  }
}

export const WORKSPACE = "bench";
/** The schema of the workspace. */
export const SCHEMA = "w_bench";
const PASSWORD = "correct horse battery staple";

interface SignedIn {
  readonly accessToken: string;
}

/** First run: the owner's account and the workspace, then the CRM. */
export async function setUp(base: string): Promise<FormwrightApi> {
  const { accessToken } = await new FormwrightApi(base, "").call<SignedIn>("POST", "/setup", {
    account: { name: "Owner", email: "owner@bench.example", password: PASSWORD },
    workspace: { name: "Bench", slug: WORKSPACE, timeZone: "UTC" },
    locale: "en",
  });
  const owner = new FormwrightApi(base, accessToken);
  await owner.call("POST", `/w/${WORKSPACE}/templates/crm/install`, { sampleData: false, locale: "en" });
  return owner;
}

/** Sign-in of the manager whom the measurements act as; access tokens are short-lived, so before each of them. */
export async function signInManager(base: string): Promise<FormwrightApi> {
  const body = { email: MANAGER_EMAIL, password: PASSWORD };
  const { accessToken } = await new FormwrightApi(base, "").call<SignedIn>("POST", "/auth/login", body);
  return new FormwrightApi(base, accessToken);
}

const MANAGER_EMAIL = "manager@bench.example";

export interface Organisation {
  readonly manager: string;
  /** Sellers and their departments; those of the last department are out of the manager's sight. */
  readonly sellers: readonly { readonly id: string; readonly department: string; readonly isSeen: boolean }[];
}

interface Made {
  readonly id: string;
}

/** A manager above four departments of sellers, and one department beside them that the manager does not see. */
export async function makeOrganisation(owner: FormwrightApi): Promise<Organisation> {
  const create = (entity: string, values: object) =>
    owner.call<Made>("POST", `/w/${WORKSPACE}/records/${entity}`, { values });
  const sales = await create("department", { name: "Sales" });
  const sellers = [];
  for (const [place, name] of ["East", "West", "North", "South", "Partners"].entries()) {
    const isSeen = name !== "Partners";
    const department = await create("department", { name, ...(isSeen && { parent: sales.id }) });
    for (let index = 0; index < (isSeen ? 7 : 2); index += 1) {
      const email = `seller${place}${index}@bench.example`;
      const values = { name: `Seller ${place}${index}`, email, department: department.id, roles: ["seller"] };
      sellers.push({ id: (await create("member", values)).id, department: department.id, isSeen });
    }
  }
  const values = { name: "Manager", email: MANAGER_EMAIL, department: sales.id, roles: ["manager"] };
  const manager = await create("member", values);
  const invitation = await owner.call<{ link: string }>("POST", `/w/${WORKSPACE}/members/${manager.id}/invitation`, {});
  const token = invitation.link.split("/").at(-1) ?? "";
  await new FormwrightApi(owner.base, "").call("POST", `/invitations/${token}`, { password: PASSWORD });
  return { manager: manager.id, sellers };
}

/**
 * Saves and publishes the list that is measured, as an admin would: indexes follow from what views ask for.
 */
export async function publishView(owner: FormwrightApi): Promise<void> {
  const view = {
    kind: "view",
    key: "bench_by_stage",
    label: { en: "By stage" },
    entity: "opportunity",
    type: "list",
    filter: { "==": [{ var: "stage" }, "quoted"] },
    sort: [{ field: "amount", direction: "desc" }],
    columns: [{ key: "name", field: "name" }],
  };
  await owner.call("PUT", `/w/${WORKSPACE}/draft/view/${view.key}`, view);
  const plan = await owner.call<{ checksum: string }>("POST", `/w/${WORKSPACE}/draft/plan`, {});
  await owner.call("POST", `/w/${WORKSPACE}/draft/publish`, { message: "Bench", checksum: plan.checksum });
}
