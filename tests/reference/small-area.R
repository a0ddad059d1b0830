# Segments on register counts: Rscript tests/reference/small-area.R > tests/reference/small_area.json
# Made with R 4.2.2 and survey 4.1-1. All data here are invented. The formulas are written from METHOD 4.7, not from the code.
suppressPackageStartupMessages(library(survey))
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); options(survey.lonely.psu = "certainty", warn = -1)
number <- function(x) paste0("[", paste(ifelse(is.na(x) | is.infinite(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
short <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.15g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")
rows <- function(m) paste0("[", paste(apply(m, 1, number), collapse = ","), "]")

# Persons of A areas and 10 cells in S groups; areas differ by sd on the logit, clusters inside them by `among`.
make <- function(seed, A, n, sd, among, tilt, spread) {
  set.seed(seed); S <- length(tilt); size <- round(exp(rnorm(A, 11.6, spread)))
  N <- t(sapply(size, function(k) round(k * prop.table(exp(rnorm(10, 0, .3))))))
  cells <- matrix(rnorm(10 * S, 0, .5), 10) + rep(tilt, each = 10); areas <- matrix(rnorm(A * S, 0, sd), A)
  d <- data.frame(area = sample(A, n, TRUE, size)); d$cell <- sapply(d$area, function(a) sample(10, 1, TRUE, N[a, ]))
  d$unit <- if (among > 0) (d$area - 1) * 6 + sample(6, n, TRUE) else seq_len(n); mood <- matrix(rnorm(max(d$unit) * S, 0, among), max(d$unit))
  score <- cells[d$cell, ] + areas[d$area, ] + mood[d$unit, ]; d$group <- max.col(score - log(-log(matrix(runif(n * S), n))))
  d$group[runif(n) < .04] <- NA; d$w0 <- round(exp(rnorm(n, 0, .4)), 3); list(d = d, N = N, S = S, A = A)
}
# How a part of the people divides into groups, by the design.
divide <- function(des, keep, S) {
  s <- subset(des, keep & !is.na(des$variables$group)); v <- s$variables; w <- weights(s, "sampling"); if (nrow(v) == 0) return(NULL)
  each <- sapply(seq_len(S), function(g) { m <- svymean(~x, update(s, x = as.numeric(group == g))); c(coef(m), vcov(m)) })
  list(n = nrow(v), ess = sum(w)^2 / sum(w^2), df = degf(s), p = each[1, ], V = each[2, ])
}
estimate <- function(made, clustered, regions, lean, union) {
  d <- made$d; N <- made$N; S <- made$S; A <- made$A; known <- !is.na(d$group)
  d$w <- d$w0; for (g in 1:10) { i <- known & d$cell == g; d$w[i] <- d$w0[i] * sum(N[, g]) / sum(d$w0[i]) }
  des <- if (clustered) svydesign(~unit, strata = ~area, weights = ~w, data = d, nest = FALSE) else svydesign(~1, weights = ~w, data = d)
  cells <- lapply(1:10, function(g) divide(des, d$cell == g, S)); M <- N; Ng <- colSums(N)
  if (length(union)) { cells[[11]] <- divide(des, d$cell %in% c(9, 10), S); M <- cbind(N, 0); M[union, 11] <- N[union, 9] + N[union, 10]; M[union, 9:10] <- 0 }
  everyone <- divide(des, TRUE, S); Na <- rowSums(N); total <- sum(N)
  P <- t(sapply(cells, `[[`, "p")); VP <- t(sapply(cells, `[[`, "V"))
  expect <- function(counts) { f <- counts / sum(counts); list(q = as.vector(f %*% P), v = as.vector(f^2 %*% VP)) }
  direct <- lapply(seq_len(A), function(a) divide(des, d$area == a, S)); region <- lapply(seq_len(max(regions)), function(r) divide(des, regions[d$area] == r, S))
  enough <- sapply(direct, function(x) !is.null(x) && x$n >= 20)
  ratios <- unlist(lapply(direct[enough], function(x) (x$V / (x$p * (1 - x$p) / x$ess))[x$p > 0 & x$p < 1])); ratio <- if (clustered) max(1, median(ratios)) else 1
  Q <- t(sapply(seq_len(A), function(a) expect(M[a, ])$q)); VQ <- t(sapply(seq_len(A), function(a) expect(M[a, ])$v))
  theta <- Q; gamma <- Q * 0; mse <- Q * NA; sigma <- uncut <- used <- numeric(S)
  for (s in seq_len(S)) {
    use <- which(enough & Q[, s] > 0 & Q[, s] < 1); used[s] <- length(use); sigma[s] <- uncut[s] <- NA; if (length(use) < 8) next
    q <- Q[use, s]; p <- sapply(direct[use], function(x) x$p[s]); psi <- q * (1 - q) * ratio / sapply(direct[use], `[[`, "ess")
    left <- function(t) sum((p - q)^2 / (t + psi)) - (length(use) - 1)
    uncut[s] <- if (left(0) <= 0) 0 else uniroot(left, c(0, 1), tol = 1e-18, maxiter = 10000)$root
    sigma[s] <- max(uncut[s], sqrt(2 / sum(1 / psi^2)) / 2); U <- 2 / sum((sigma[s] + psi)^-2)
    for (a in seq_len(A)) {
      if (!(Q[a, s] > 0 && Q[a, s] < 1)) next
      mse[a, s] <- sigma[s] + VQ[a, s] + sqrt(U)
      if (lean[a] == 0 && enough[a]) {
        one <- psi[match(a, use)]; g <- sigma[s] / (sigma[s] + one); theta[a, s] <- Q[a, s] + g * (direct[[a]]$p[s] - Q[a, s])
        gamma[a, s] <- g; mse[a, s] <- g * one + (1 - g)^2 * VQ[a, s] + 2 * one^2 / (sigma[s] + one)^3 * U
      } else if (lean[a] > 0) {
        up <- region[[lean[a]]]; qr <- expect(colSums(M[regions == lean[a], , drop = FALSE]))$q[s]; if (up$n < 20 || qr <= 0 || qr >= 1) next
        g <- sigma[s] / (sigma[s] + qr * (1 - qr) * ratio / up$ess); moved <- Q[a, s] + g * (up$p[s] - qr)
        if (moved > 0 && moved < 1) { theta[a, s] <- moved; gamma[a, s] <- g }
      }
    }
  }
  target <- as.vector(Ng %*% P[1:10, ]); counts <- theta * Na
  for (cycle in 1:500) { counts <- counts * (Na / rowSums(counts)); factor <- ifelse(target > 0, target / colSums(counts), 0); counts <- t(t(counts) * factor) }
  stopifnot(max(abs(rowSums(counts) / Na - 1)) < 1e-13)
  final <- counts / Na; reach <- t(qt(.975, pmax(used, 2) - 1) * t(sqrt(mse) / (final * (1 - final))))
  p <- everyone$p; V <- everyone$V; worth <- pmin(everyone$n, p * (1 - p) / V * (qt(.025, everyone$n - 1) / qt(.025, everyone$df))^2); worth[p == 0] <- NA
  object(list(data = object(lapply(d[, c("area", "cell", "group", "unit", "w0")], short)), people = rows(M), people_of_cell = number(Ng), union = number(union),
    regions = number(regions), leans = number(lean), clustered = if (clustered) "true" else "false", groups = S, ratio = sprintf("%.17g", ratio),
    used = number(used), uncut = number(uncut), sigma = number(sigma), gamma = rows(gamma), mse = rows(mse), synthetic = rows(Q), composite = rows(theta), counts = rows(counts),
    cv = rows(sqrt(mse) / final), low = rows(Na * plogis(qlogis(final) - reach)), high = rows(Na * plogis(qlogis(final) + reach)),
    everyone = number(total * p), everyone_low = number(total * ifelse(p == 0, 0, qbeta(.025, p * worth, worth - p * worth + 1))),
    everyone_high = number(total * ifelse(p == 0, qbeta(.975, 1, everyone$ess), qbeta(.975, p * worth + 1, worth - p * worth)))))
}
# Leans: 0 on itself, a region's number on that region, -1 on nobody: where an occupied group has fewer than five persons, by turns.
leans <- function(made, regions) { few <- sapply(seq_len(made$A), function(a) { k <- table(made$d$group[made$d$area == a]); any(k > 0 & k < 5) }); ifelse(few, ifelse(seq_len(made$A) %% 3 == 0, -1, regions), 0) }
cases <- list(); regions <- rep(1:5, length.out = 22)
m <- make(11, 22, 900, .35, 0, c(.4, 0, -.3, -.6), .7); cases$weights_only <- estimate(m, FALSE, regions, rep(0, 22), integer(0))
m <- make(12, 22, 1500, .5, .5, c(.5, 0, -.4, -1), .8); cases$clustered <- estimate(m, TRUE, regions, leans(m, regions), c(4, 9))
m <- make(13, 22, 800, 0, 0, c(0, 0, 0), .3); cases$alike <- estimate(m, FALSE, regions, leans(m, regions), integer(0))
m <- make(14, 22, 900, .6, 0, c(1, -30, -2.2, -4.6), 1); cases$rare <- estimate(m, FALSE, regions, leans(m, regions), integer(0))
cat(object(list(generated_with = sprintf("\"%s, survey %s; tests/reference/small-area.R\"", R.version.string, packageVersion("survey")), cases = object(cases))), "\n")
