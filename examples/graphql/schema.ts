/** The backend's schema. Money, periods and the like are the contract's own JSON; a host would give them types. */
export const schema = /* GraphQL */ `
  scalar JSON

  type Query {
    addOnPlan: JSON!
  }

  input Expected {
    dueNow: MoneyInput!
    seats: Int!
    termsVersion: String!
  }

  input MoneyInput {
    amount: Int!
    currency: String!
  }

  type Mutation {
    previewAddOn(accountId: ID!, addOnId: ID!): JSON!
    buyAddOn(
      accountId: ID!
      addOnId: ID!
      idempotencyKey: ID!
      previewId: ID!
      expected: Expected!
      acceptedFinalSale: Boolean!
    ): JSON!
    requestAddOnQuote(accountId: ID!, addOnId: ID!, idempotencyKey: ID!, message: String): JSON!
    startAddOnTrial(accountId: ID!, addOnId: ID!, idempotencyKey: ID!): JSON!
    requestAddOn(accountId: ID!, addOnId: ID!, idempotencyKey: ID!, note: String): JSON!
  }
`
