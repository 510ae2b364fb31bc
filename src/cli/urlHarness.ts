import { createHttpAdapter } from '../adapter/httpAdapter.js'
import type { ContractHarness, Person } from '../testing/ContractHarness.js'
import { FlagError, type Flags, headerFlags, readHeaders, readSeconds } from './readFlags.js'

/** The backend at `--url`, for the people whose headers were given. @throws FlagError */
export function urlHarness(flags: Flags): ContractHarness {
  const baseUrl = flags.url ?? ''
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new FlagError(`--url wants an http(s) address, not “${baseUrl}”.`)
  }
  if (!flags['header-owner']) throw new FlagError('--url needs --header-owner: who is the Owner?')
  const timeout = readSeconds(flags) * 1000
  const signedInAs = (person: Person) => {
    const headers = readHeaders(headerFlags.nobody, flags.header)
    const own = person === 'nobody' ? new Headers() : readHeaders(headerFlags[person], flags[headerFlags[person]])
    for (const [name, value] of own) headers.set(name, value)
    return createHttpAdapter({ baseUrl, headers, timeout })
  }
  const given = (person: Person) => (flags[headerFlags[person]] ? signedInAs(person) : undefined)
  return {
    people: {
      owner: signedInAs('owner'),
      secondOwner: given('secondOwner'),
      admin: given('admin'),
      supervisor: given('supervisor'),
      agent: given('agent'),
      stranger: given('stranger'),
      nobody: signedInAs('nobody'),
    },
  }
}
