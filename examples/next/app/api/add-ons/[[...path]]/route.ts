import { handle } from '../../../../add-ons/handler'

export { handle as GET, handle as POST }
