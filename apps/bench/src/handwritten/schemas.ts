/** What may be sent, as ajv checks it. */
export interface NewOpportunity {
  readonly name: string;
  readonly customer: string;
  readonly stage?: string;
  readonly amount?: number;
  readonly close_plan?: string;
  readonly source?: string;
}

const AMOUNT = { type: "number", minimum: 0, maximum: 9_999_999_999_999 } as const;

export const CREATE_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["name", "customer"],
  properties: {
    name: { type: "string", minLength: 1, maxLength: 200 },
    customer: { type: "string", format: "uuid" },
    stage: { enum: ["contacted", "need_confirmed", "solution", "quoted", "negotiation", "won", "lost"] },
    amount: AMOUNT,
    close_plan: { type: "string", format: "date" },
    source: { enum: ["web", "referral", "expo", "call", "ad", "partner", "existing", "other"] },
  },
} as const;

export const UPDATE_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["amount"],
  properties: { amount: AMOUNT },
} as const;

export const BULK_SCHEMA = { type: "array", minItems: 1, maxItems: 5000, items: CREATE_SCHEMA } as const;
