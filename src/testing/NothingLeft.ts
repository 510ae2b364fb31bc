/** The backend has nothing left on which this test could be made: nothing is known of the rule. */
export class NothingLeft extends Error {
  override readonly name = 'NothingLeft'
}
