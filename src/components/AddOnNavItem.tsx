'use client'

import { type ComponentPropsWithoutRef, cloneElement, isValidElement, type ReactNode, type Ref } from 'react'
import { useAddOnContext } from '../data/AddOnContext.js'
import { continuePurchase } from '../data/continuePurchase.js'
import { openFlow } from '../data/useAddOnFlow.js'
import { useAddOnPermissions } from '../data/useAddOnPermissions.js'
import { useMessages } from '../data/useMessages.js'
import { useAddOn } from '../data/usePlan.js'
import { usePurchaseState } from '../data/usePurchaseState.js'
import { isEntitled } from '../domain/addOn.js'
import type { AddOnId } from '../domain/Register.js'
import { safeUrl } from '../domain/url.js'
import { enNavItem } from '../messages/enNavItem.js'
import type { MessageOverrides } from '../messages/Messages.js'
import { contained } from './parts/contained.js'
import { Icon } from './parts/Icon.js'
import { Link } from './parts/Link.js'
import { intent } from './parts/loadDialogCode.js'
import { ownPurchaseNote } from './parts/PurchaseNote.js'
import { type ClassNames, cx, slots } from './parts/slots.js'
import { useSurface } from './parts/useSurface.js'

/** The parts of a sidebar entry that a host can give a class name. */
export type AddOnNavItemSlot = 'nav-item' | 'nav-label' | 'nav-mark'

/** Props of an add-on's sidebar entry. */
export interface AddOnNavItemProps extends Omit<ComponentPropsWithoutRef<'a'>, 'href'> {
  /** The add-on, by its id in the catalogue. */
  addOnId: AddOnId
  /** Where the feature lives. @default addOn.href */
  href?: string | undefined
  /** Gives the entitled link's props to the only child instead of rendering an `<a>`. @default false */
  asChild?: boolean | undefined
  /** What the entry says. @default the add-on's name */
  children?: ReactNode
  /** Class names by slot. */
  classNames?: ClassNames<AddOnNavItemSlot> | undefined
  /** Texts to be used instead of the catalogue's. */
  messages?: MessageOverrides | undefined
}

/**
 * A host's sidebar entry for an add-on: a plain link for those who have it, the way into the flow for those who may ask
 * for it, nothing for everybody else.
 * @selector [data-status] [data-locked]
 */
export const AddOnNavItem = contained<AddOnNavItemProps, HTMLElement>('AddOnNavItem', NavItem, enNavItem)

interface ChildProps {
  children?: ReactNode
  className?: string | undefined
  href?: string | undefined
}

function NavItem({
  addOnId,
  href,
  asChild = false,
  children,
  className,
  classNames,
  rootRef,
  ...rest
}: Omit<AddOnNavItemProps, 'messages'> & { rootRef: Ref<HTMLElement> }) {
  const context = useAddOnContext()
  const surface = useSurface()
  const { data: addOn, status: read } = useAddOn(addOnId)
  const { hasAccess } = useAddOnPermissions(addOnId)
  const purchase = usePurchaseState(addOnId)
  const { t } = useMessages()
  const slot = slots(classNames)
  const root = { ...surface, ...slot('nav-item', className) }
  if (read === 'loading') return <span {...root} data-skeleton="" aria-hidden="true" />
  if (!addOn) return null

  const kind = addOn.status.kind
  const child = asChild && isValidElement<ChildProps>(children) ? children : undefined
  const label: ReactNode = child ? child.props.children : (children ?? <bdi lang={addOn.lang}>{addOn.name}</bdi>)
  const shared = {
    ...root,
    'data-add-on': addOn.id,
    'data-status': kind,
  }
  const isOwned = isEntitled(addOn.status)
  const note = ownPurchaseNote(addOn, purchase)
  const says = note ?? (isOwned ? undefined : 'nav.locked')
  const content = (
    <>
      <span {...slot('nav-label')}>
        {label}
        {says && <span data-slot="visually-hidden">{t('nav.also', { text: t(says) })}</span>}
      </span>
      {says && (
        <span {...slot('nav-mark')}>
          <Icon name={note ? 'clock' : 'lock'} />
        </span>
      )}
    </>
  )
  if (isOwned) {
    const target = href ?? addOn.href
    if (!child) {
      return (
        <Link {...rest} {...shared} href={target} ref={rootRef as Ref<HTMLAnchorElement>}>
          {content}
        </Link>
      )
    }
    const { className: own } = child.props
    return cloneElement(child, {
      ...rest,
      ...shared,
      href: safeUrl(target, 'link'),
      ...child.props,
      className: cx(shared.className, own),
    })
  }
  if (!hasAccess || kind === 'unavailable' || kind === 'unknown') return null
  const own = rest as ComponentPropsWithoutRef<'button'>
  return (
    <button
      {...intent}
      {...own}
      {...shared}
      ref={rootRef as Ref<HTMLButtonElement>}
      type="button"
      data-locked=""
      onClick={(event) => {
        own.onClick?.(event)
        const { currentTarget: opener } = event
        if (note) continuePurchase(context, addOn, purchase, opener)
        else openFlow(context, { addOnId: addOn.id, opener })
      }}
    >
      {content}
    </button>
  )
}
