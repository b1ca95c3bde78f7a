/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Included before everything else when the second variant is compiled (meson.build): gives what its
 * files have in common names of their own. A function that is missing here does not link.
 */
#ifndef MATCH_VARIANT_AVX2_H
#define MATCH_VARIANT_AVX2_H

#define bitcount_add       bitcount_add_avx2
#define bitcount_end       bitcount_end_avx2
#define block_fetch        block_fetch_avx2
#define block_slice        block_slice_avx2
#define block_masked       block_masked_avx2
#define block_gather       block_gather_avx2
#define block_text_end     block_text_end_avx2
#define block_bits         block_bits_avx2
#define block_hits         block_hits_avx2
#define block_inside       block_inside_avx2
#define checks_new         checks_new_avx2
#define checks_block       checks_block_avx2
#define facets_begin       facets_begin_avx2
#define facets_block       facets_block_avx2
#define facets_end         facets_end_avx2
#define scope_new          scope_new_avx2
#define scope_ranges       scope_ranges_avx2
#define scope_block        scope_block_avx2
#define scope_distance     scope_distance_avx2
#define text_scan_new      text_scan_new_avx2
#define text_scan          text_scan_avx2
#define block_judge_new    block_judge_new_avx2
#define block_exclude      block_exclude_avx2
#define block_best_scores  block_best_scores_avx2
#define slices_exclude     slices_exclude_avx2
#define slices_traits      slices_traits_avx2
#define slices_fresh_least slices_fresh_least_avx2
#define slices_keep_fresh  slices_keep_fresh_avx2
#define query_answer       query_answer_avx2
#define profile_answer     profile_answer_avx2
#define similar_answer     similar_answer_avx2
#define judge_answer       judge_answer_avx2
#define said_find          said_find_avx2
#define said_reason        said_reason_avx2

#endif
