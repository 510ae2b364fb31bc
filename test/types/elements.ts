import 'addon-kit/element'

const tab = document.createElement('addon-kit-plan-tab')
tab.addEventListener('addon-kit-event', ({ detail }) => {
  if (detail.type === 'purchased') console.log(detail.purchase.id)
  // @ts-expect-error Not every event has a purchase.
  console.log(detail.purchase)
})
