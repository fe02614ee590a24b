/** Choices that a place decides: a county that adds one changes its pack and no flow. */
export const optionLists = ['documents', 'permitGrounds'] as const
export type OptionList = (typeof optionLists)[number]
