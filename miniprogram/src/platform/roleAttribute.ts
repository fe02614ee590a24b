import type { NodeTransform } from '@vue/compiler-core'

// Numbers of Vue's template tree: NodeTypes.ELEMENT, .ATTRIBUTE, .DIRECTIVE (its enum does not survive isolated modules).
const ELEMENT = 1
const ATTRIBUTE = 6
const DIRECTIVE = 7

/** Browsers read `role`, WeChat reads `aria-role`. Pages say `role`; this writes the other word into the mini-program. */
export const readAttributesAsWeChatDoes: NodeTransform = node => {
  if (node.type !== ELEMENT) return
  for (const prop of node.props) {
    if (prop.type === ATTRIBUTE && prop.name === 'role') prop.name = 'aria-role'
    if (
      prop.type === DIRECTIVE &&
      prop.name === 'bind' &&
      prop.arg &&
      'content' in prop.arg &&
      prop.arg.content === 'role'
    )
      prop.arg.content = 'aria-role'
  }
}
