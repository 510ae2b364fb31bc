/** The English texts of a sidebar entry, which not every page has. */
export const enNavItem = {
  'nav.locked': 'locked',
  /** Said after the name of a sidebar entry. */
  'nav.also': ', {text}',
} as const
