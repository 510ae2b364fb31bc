import type {
  AddOnCardSlot,
  AddOnNavItemSlot,
  PlanTabSlot,
  PurchaseDialogSlot,
  RequestFeatureButtonSlot,
} from 'addon-kit'

/** What a slot is, and the attributes that tell its state. */
export interface SlotDoc {
  readonly what: string
  readonly states?: readonly string[]
}

const card: Record<AddOnCardSlot, SlotDoc> = {
  card: {
    what: 'The card itself, an article named after the add-on.',
    states: ['data-add-on', 'data-status', 'data-layout', 'data-skeleton'],
  },
  'card-head': { what: 'Title and badge. Takes no box of its own in the grid of cards.' },
  'card-title': { what: "The heading with the add-on's name. Focus comes here when its opener is gone." },
  'card-text': { what: 'Description and "Learn more".' },
  badge: {
    what: 'The status in a word, where the account has the add-on or had it on trial.',
    states: ['data-status'],
  },
  'card-notes': { what: 'Trial, purchase, colleagues: what there is to say of the status.' },
  'card-actions': {
    what: "The actions this viewer has, the first as the primary; what has taken an action's place; the link that opens the feature.",
  },
}

const planTab: Record<Exclude<PlanTabSlot, AddOnCardSlot>, SlotDoc> = {
  'plan-tab': { what: 'The tab itself, a labelled section.', states: ['data-state'] },
  summary: { what: 'The account: plan, and for those who may see it frequency, next invoice and seats.' },
  'plan-name': { what: "The heading with the plan's name." },
  section: { what: '"Your add-ons" or "Available add-ons".' },
  'section-title': { what: 'The heading of a section.' },
  rules: { what: 'Purchases are final; whom to turn to for changes.' },
}

const navItem: Record<AddOnNavItemSlot, SlotDoc> = {
  'nav-item': {
    what: 'The entry: a link, or the button that opens the flow.',
    states: ['data-add-on', 'data-status', 'data-locked', 'data-skeleton'],
  },
  'nav-label': { what: 'What the entry says.' },
  'nav-mark': { what: "The lock, or the clock of a purchase of the viewer's own." },
}

const dialog: Record<PurchaseDialogSlot, SlotDoc> = {
  overlay: { what: 'The dialog element over the whole window; it scrolls.', states: ['data-add-on', 'data-state'] },
  dialog: { what: 'The panel; a sheet on phones.', states: ['data-add-on', 'data-state'] },
  'dialog-close': { what: 'The cross. Closing never cancels a purchase.' },
}

const requestFeature: Record<RequestFeatureButtonSlot, SlotDoc> = {
  'request-feature': { what: 'The root: note, button and result.', states: ['data-add-on', 'data-state'] },
  'request-result': { what: 'The live region that says what became of the request. Takes the focus from the button.' },
}

/** Parts inside of parts: selectors to style, without a class name of the host's. */
export const partDocs = {
  tile: { what: "The add-on's image, or its initials on one of eight tones.", states: ['data-tone'] },
  price: { what: 'Price per seat and period, or "On request".' },
  note: { what: 'A remark in small type, with an icon where it has a tone.', states: ['data-tone'] },
  trial: { what: 'Meter, days left and the date on which the trial ends.' },
  teammates: { what: 'How many asked; opens to their names and notes.', states: ['open'] },
  faces: { what: 'Initials of the first three who asked. Decoration.' },
  button: {
    what: 'Every button, and the links that look like one.',
    states: ['data-variant', 'data-action', 'data-add-on', 'data-status', 'data-pending', 'aria-disabled'],
  },
  label: { what: "A button's text; hidden from sight while it is at work, and still its name." },
  spinner: { what: 'At work. Decoration.' },
  icon: { what: 'A line drawing. Decoration: what it means stands beside it as text.' },
  failure: { what: 'An alert: what went wrong.', states: ['data-code'] },
  'request-id': { what: "The backend's request id, with a button that copies it." },
  'visually-hidden': { what: 'Read out, not seen.' },
  'live-region': { what: 'A polite live region: one in the page, one in every open dialog.' },
  crash: { what: 'One sentence in place of a part that crashed; the rest of the page lives.' },
  eyebrow: { what: 'The line above the plan name.' },
  'section-head': { what: "A section's heading and its remark." },
  list: { what: 'The cards of a section.', states: ['data-layout'] },
  stale: { what: 'What is shown could not be read again, and since when.' },
  empty: { what: 'In place of the add-ons where there are none, or none could be read.' },
  'no-access': { what: 'The one sentence for viewers without grants.' },
  step: { what: 'One step; its heading names the dialog.', states: ['data-step', 'aria-busy'] },
  'dialog-head': { what: 'Tile or mark, heading and text.' },
  'dialog-title': { what: 'The heading. Takes the focus on every change of step.' },
  'dialog-text': { what: 'The sentence below the heading.' },
  'dialog-body': { what: 'Scrolls where the screen is small.' },
  'dialog-foot': { what: 'Stays: amount, sentence and actions.' },
  'dialog-actions': { what: 'The buttons; the primary one first.' },
  mark: { what: 'The sign of an ending: good, bad or waiting.', states: ['data-tone'] },
  lines: { what: 'Facts and figures of the price.', states: ['data-skeleton'] },
  line: { what: 'One fact and its value.', states: ['data-due'] },
  changed: { what: 'An old value and the new one, read as "was 15, now 17".' },
  sentence: { what: 'What pressing the button costs, directly above it.' },
  consent: { what: 'The box to tick, where the terms ask for it.' },
  field: { what: 'An optional text of several lines.' },
  toast: { what: 'A remark that belongs to no part of the page: why a dialog closed by itself, or could not open.' },
} as const satisfies Record<string, SlotDoc>

type Part = keyof typeof partDocs

interface Anatomy {
  /** Take a class name through `classNames`. */
  readonly slots: Readonly<Record<string, SlotDoc>>
  readonly parts: readonly Part[]
}

const cardParts = [
  'tile',
  'price',
  'note',
  'trial',
  'teammates',
  'faces',
  'button',
  'label',
  'icon',
  'spinner',
] as const

/** The slots of each component, and the parts that are in it. */
export const anatomies = {
  PlanTab: {
    slots: { ...planTab, ...card },
    parts: ['eyebrow', 'section-head', 'list', 'stale', 'empty', 'no-access', ...cardParts, 'failure', 'request-id'],
  },
  AddOnCard: { slots: card, parts: [...cardParts, 'failure', 'request-id', 'visually-hidden', 'crash'] },
  AddOnNavItem: { slots: navItem, parts: ['icon', 'visually-hidden'] },
  PurchaseDialog: {
    slots: dialog,
    parts: [
      'step',
      'dialog-head',
      'mark',
      'dialog-title',
      'dialog-text',
      'dialog-body',
      'lines',
      'line',
      'changed',
      'dialog-foot',
      'sentence',
      'consent',
      'dialog-actions',
      'button',
      'field',
      'failure',
    ],
  },
  RequestFeatureButton: {
    slots: requestFeature,
    parts: ['field', 'button', 'label', 'spinner', 'note', 'icon', 'failure', 'request-id'],
  },
  AddOnProvider: { slots: {}, parts: ['live-region', 'toast', 'crash'] },
} as const satisfies Record<string, Anatomy>
