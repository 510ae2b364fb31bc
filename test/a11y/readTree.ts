import { cdp } from 'vitest/browser'

/** A node of the browser's accessibility tree, as assistive technology is given it. */
interface TreeNode {
  role: string
  name: string
  depth: number
  states: string[]
}

interface Tree {
  nodes: TreeNode[]
  controls: TreeNode[]
  /** A line for each node but its plain text, to be compared and to be read. */
  lines: string
}

const controls = new Set(['button', 'link', 'textbox', 'checkbox', 'DisclosureTriangle', 'combobox', 'radio'])
const texts = new Set(['StaticText', 'InlineTextBox', 'LineBreak', 'generic', 'none', 'LabelText', 'RootWebArea'])
const states = new Set(['modal', 'disabled', 'focused', 'expanded', 'live', 'busy'])

/** Chromium's own accessibility tree of the page that the test shows. */
export async function readTree(): Promise<Tree> {
  const session = cdp()
  const { frameTree } = await session.send('Page.getFrameTree')
  const frameId = frameTree.childFrames?.at(-1)?.frame.id
  if (!frameId) throw new Error('The page of the test is in no frame.')
  const { nodes: all } = await session.send('Accessibility.getFullAXTree', { frameId })
  const byId = new Map(all.map((node) => [node.nodeId, node]))
  const nodes: TreeNode[] = []
  const visit = (id: string, depth: number) => {
    const node = byId.get(id)
    if (!node) return
    const role = String(node.role?.value)
    const isShown = !node.ignored && !texts.has(role)
    if (isShown) {
      const held = (node.properties ?? []).filter(
        ({ name, value }) => states.has(name) && value.value && value.value !== 'off',
      )
      const named = held.map(({ name, value }) => (name === 'live' ? `live ${value.value}` : name))
      nodes.push({ role, name: String(node.name?.value ?? ''), depth, states: named })
    }
    for (const child of node.childIds ?? []) visit(child, isShown ? depth + 1 : depth)
  }
  const root = all.find(({ parentId }) => !parentId)
  if (root) visit(root.nodeId, 0)
  return {
    nodes,
    controls: nodes.filter(({ role }) => controls.has(role)),
    lines: nodes
      .map(({ role, name, depth, states }) =>
        [`${'  '.repeat(depth)}${role}`, name && JSON.stringify(name), ...states.map((state) => `[${state}]`)]
          .filter(Boolean)
          .join(' '),
      )
      .join('\n'),
  }
}
